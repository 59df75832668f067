package dev.migrate.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Typed key of an attribute of a fact: its name, and whether its value is a text, a list, or just
 * that it is there. All of them stand here, so that one that is misspelt does not compile. What an
 * attribute means can depend on the kind of its fact; one that has its default value is absent.
 *
 * @param <V> the type of the value: {@code String}, {@code List<String>}, or {@code Boolean} for
 *     what is there or not
 */
public final class Attribute<V> {
  /** How rows are stored; absent for heap. */
  public static final Attribute<String> ACCESS_METHOD = text("access method");

  /** Whether a publication has every table. */
  public static final Attribute<Boolean> ALL_TABLES = flag("all tables");

  /** Arguments of a routine, as PostgreSQL prints them. */
  public static final Attribute<String> ARGUMENTS = text("arguments");

  /**
   * Schema and name of the partitioned table's index that the constraint's own index stands for.
   */
  public static final Attribute<List<String>> ATTACHED_TO = items("attached to");

  /** Whether a subscription asks for values in binary form. */
  public static final Attribute<Boolean> BINARY = flag("binary");

  /** The body of a routine, where it is kept as text. */
  public static final Attribute<String> BODY = text("body");

  /** FOR VALUES … or DEFAULT of a partition. */
  public static final Attribute<String> BOUND = text("bound");

  /** How many numbers of a sequence a session takes at once. */
  public static final Attribute<String> CACHE = text("cache");

  /** The function that brings a range into its canonical form. */
  public static final Attribute<String> CANONICAL = text("canonical");

  /** WITH CHECK of a policy. */
  public static final Attribute<String> CHECK = text("check");

  /** Whether CLUSTER goes by this index. */
  public static final Attribute<Boolean> CLUSTERED = flag("clustered");

  /** The collation, where it is not that of the type. */
  public static final Attribute<String> COLLATION = text("collation");

  /** Schema, table and column that own a sequence. */
  public static final Attribute<List<String>> COLUMN = items("column");

  /** Names of columns, in order. */
  public static final Attribute<List<String>> COLUMNS = items("columns");

  /** The command that a policy or rule is for. */
  public static final Attribute<String> COMMAND = text("command");

  /** How values are compressed, where that is said. */
  public static final Attribute<String> COMPRESSION = text("compression");

  /** Which rows are published, or when something fires. */
  public static final Attribute<String> CONDITION = text("condition");

  /** Where a subscription connects to. */
  public static final Attribute<String> CONNECTION = text("connection");

  /** Whether a trigger is a constraint trigger. */
  public static final Attribute<Boolean> CONSTRAINT = flag("constraint");

  /** When a cast is made without being asked for. */
  public static final Attribute<String> CONTEXT = text("context");

  /** Whether a sequence begins anew at its end. */
  public static final Attribute<Boolean> CYCLE = flag("cycle");

  /** The default value of a base type. */
  public static final Attribute<String> DEFAULT = text("default");

  /** Whether a conversion or an operator class is the one taken by default. */
  public static final Attribute<Boolean> DEFAULT_FLAG = flag("default");

  /** Defaults of a routine's arguments. */
  public static final Attribute<String> DEFAULTS = text("defaults");

  /** Whether a constraint can be checked at the end of the transaction. */
  public static final Attribute<Boolean> DEFERRABLE = flag("deferrable");

  /** Whether it is, unless one says otherwise. */
  public static final Attribute<Boolean> DEFERRED = flag("deferred");

  /** The whole, as PostgreSQL prints it. */
  public static final Attribute<String> DEFINITION = text("definition");

  /** Whether a subscription stops at an error. */
  public static final Attribute<Boolean> DISABLE_ON_ERROR = flag("disable_on_error");

  /** When a trigger or rule fires, where that is not the usual. */
  public static final Attribute<String> ENABLED = text("enabled");

  /** Whether a subscription runs. */
  public static final Attribute<Boolean> ENABLED_FLAG = flag("enabled");

  /** The event of an event trigger. */
  public static final Attribute<String> EVENT = text("event");

  /** A default, as an expression. */
  public static final Attribute<String> EXPRESSION = text("expression");

  /** Schema and name of the operator family of a class. */
  public static final Attribute<List<String>> FAMILY = items("family");

  /** Whether policies count for the owner. */
  public static final Attribute<Boolean> FORCED_ROW_SECURITY = flag("forced row security");

  /** Options of what is foreign, name=value. */
  public static final Attribute<List<String>> FOREIGN_OPTIONS = items("foreign options");

  /** What turns a value into its form in a language. */
  public static final Attribute<String> FROM = text("from");

  /** The function that does it. */
  public static final Attribute<String> FUNCTION = text("function");

  /** From what a column is computed, or how an identity is. */
  public static final Attribute<String> GENERATED = text("generated");

  /** Whether a publication has generated columns. */
  public static final Attribute<Boolean> GENERATED_COLUMNS = flag("generated columns");

  /** STORED or VIRTUAL. */
  public static final Attribute<String> GENERATED_KIND = text("generated kind");

  /** Rights; a star behind one says that it can be granted on. */
  public static final Attribute<List<String>> GRANTED = items("granted");

  /** The handler of a language or wrapper. */
  public static final Attribute<String> HANDLER = text("handler");

  /** The step of a sequence. */
  public static final Attribute<String> INCREMENT = text("increment");

  /** The name of a constraint's index, where it is not the constraint's. */
  public static final Attribute<String> INDEX = text("index");

  /** Whether a column comes from a parent. */
  public static final Attribute<Boolean> INHERITED = flag("inherited");

  /** The handler of DO blocks. */
  public static final Attribute<String> INLINE = text("inline");

  /** Whether a cast goes by the text form. */
  public static final Attribute<Boolean> INOUT = flag("inout");

  /** Whether an index is not valid. */
  public static final Attribute<Boolean> INVALID = flag("invalid");

  /** The names that PostgreSQL makes an index's name from. */
  public static final Attribute<List<String>> KEY_NAMES = items("key names");

  /** The kind of an access method. */
  public static final Attribute<String> KIND = text("kind");

  /** Labels of an enum, in order. */
  public static final Attribute<List<String>> LABELS = items("labels");

  /** The language of a routine. */
  public static final Attribute<String> LANGUAGE = text("language");

  /** Which dictionaries a token goes through. */
  public static final Attribute<List<String>> MAPPINGS = items("mappings");

  /** The greatest number of a sequence. */
  public static final Attribute<String> MAXIMUM = text("maximum");

  /** Operators and functions of an operator class. */
  public static final Attribute<List<String>> MEMBERS = items("members");

  /** The least number of a sequence. */
  public static final Attribute<String> MINIMUM = text("minimum");

  /** Of a replica identity, or of an index in it. */
  public static final Attribute<String> MODE = text("mode");

  /** Schema and name of a range's multirange. */
  public static final Attribute<String> MULTIRANGE = text("multirange");

  /** Whether a constraint is only said. */
  public static final Attribute<Boolean> NOT_ENFORCED = flag("not enforced");

  /** Whether a value is needed. */
  public static final Attribute<Boolean> NOT_NULL = flag("not null");

  /** The name of that constraint, where it is not the usual one. */
  public static final Attribute<String> NOT_NULL_NAME = text("not null name");

  /** Whether children need none. */
  public static final Attribute<Boolean> NOT_NULL_NO_INHERIT = flag("not null no inherit");

  /** Whether rows were not looked at yet. */
  public static final Attribute<Boolean> NOT_NULL_NOT_VALID = flag("not null not valid");

  /** Whether rows were not looked at yet. */
  public static final Attribute<Boolean> NOT_VALID = flag("not valid");

  /** Whether a default is of a view's column. */
  public static final Attribute<Boolean> OF_VIEW = flag("of view");

  /** The operator class of a range's subtype. */
  public static final Attribute<String> OPERATOR_CLASS = text("operator class");

  /** Options of a text search dictionary. */
  public static final Attribute<String> OPTIONS = text("options");

  /** Storage parameters and the like, name=value. */
  public static final Attribute<List<String>> OPTIONS_LIST = items("options");

  /** Parameters in CREATE, name = value. */
  public static final Attribute<List<String>> PARAMETERS = items("parameters");

  /** Strategy and key of a partitioned table. */
  public static final Attribute<String> PARTITION_KEY = text("partition key");

  /** The name of the partitioned table's constraint that this one stands for. */
  public static final Attribute<String> PARTITION_OF = text("partition of");

  /** Schema and name of the partitioned table's index that this one stands for. */
  public static final Attribute<List<String>> PARTITION_OF_LIST = items("partition of");

  /** The place of a parent among several, from 1. */
  public static final Attribute<String> POSITION = text("position");

  /** What a subscription subscribes to. */
  public static final Attribute<List<String>> PUBLICATIONS = items("publications");

  /** Which commands a publication has. */
  public static final Attribute<String> PUBLISH = text("publish");

  /** What a rule's relation is. */
  public static final Attribute<String> RELATION_KIND = text("relation kind");

  /** Whether a policy narrows what others permit. */
  public static final Attribute<Boolean> RESTRICTIVE = flag("restrictive");

  /** What a routine returns. */
  public static final Attribute<String> RESULT = text("result");

  /** The owner. */
  public static final Attribute<String> ROLE = text("role");

  /** Whom a policy is for. */
  public static final Attribute<List<String>> ROLES = items("roles");

  /** Whether policies count. */
  public static final Attribute<Boolean> ROW_SECURITY = flag("row security");

  /** Schema of the parent, or where an extension's objects are. */
  public static final Attribute<String> SCHEMA = text("schema");

  /** The name of an identity's sequence. */
  public static final Attribute<String> SEQUENCE = text("sequence");

  /** Its schema. */
  public static final Attribute<String> SEQUENCE_SCHEMA = text("sequence schema");

  /** The server of a foreign table. */
  public static final Attribute<String> SERVER = text("server");

  /** The replication slot of a subscription. */
  public static final Attribute<String> SLOT = text("slot");

  /** Where the definition of a collation or conversion comes from. */
  public static final Attribute<String> SOURCE = text("source");

  /** The first number of a sequence. */
  public static final Attribute<String> START = text("start");

  /** The statistics target of a column. */
  public static final Attribute<String> STATISTICS = text("statistics");

  /** Statistics targets of an index's columns: number and target. */
  public static final Attribute<List<String>> STATISTICS_LIST = items("statistics");

  /** How large values are stored, or what an operator class stores. */
  public static final Attribute<String> STORAGE = text("storage");

  /** How a subscription takes transactions that are still open. */
  public static final Attribute<String> STREAMING = text("streaming");

  /** The subtype of a range. */
  public static final Attribute<String> SUBTYPE = text("subtype");

  /** The function that tells how far two values are apart. */
  public static final Attribute<String> SUBTYPE_DIFF = text("subtype diff");

  /** That setting of a subscription. */
  public static final Attribute<String> SYNCHRONOUS_COMMIT = text("synchronous_commit");

  /** The parent's name. */
  public static final Attribute<String> TABLE = text("table");

  /** Schema and name of an index's table. */
  public static final Attribute<List<String>> TABLE_LIST = items("table");

  /** Where it is stored, if not in the usual place. */
  public static final Attribute<String> TABLESPACE = text("tablespace");

  /** The commands that an event trigger fires for. */
  public static final Attribute<List<String>> TAGS = items("tags");

  /** The statistics target, or what a conversion makes. */
  public static final Attribute<String> TARGET = text("target");

  /** The comment. */
  public static final Attribute<String> TEXT = text("text");

  /** What turns a value back from its form in a language. */
  public static final Attribute<String> TO = text("to");

  /** Whether anybody may use a language. */
  public static final Attribute<Boolean> TRUSTED = flag("trusted");

  /** Whether a subscription prepares transactions. */
  public static final Attribute<Boolean> TWO_PHASE = flag("two_phase");

  /** The type, or which type of constraint it is. */
  public static final Attribute<String> TYPE = text("type");

  /** Whether an index lets no two rows be alike. */
  public static final Attribute<Boolean> UNIQUE = flag("unique");

  /** Whether it is lost in a crash. */
  public static final Attribute<Boolean> UNLOGGED = flag("unlogged");

  /** USING of a policy. */
  public static final Attribute<String> USING = text("using");

  /** The rights that the owner has by default. */
  public static final Attribute<List<String>> USUAL = items("usual");

  /** Whether a partition's constraint was validated by itself. */
  public static final Attribute<Boolean> VALIDATED_HERE = flag("validated here");

  /** The validator of a language or wrapper. */
  public static final Attribute<String> VALIDATOR = text("validator");

  /** The version of a server. */
  public static final Attribute<String> VERSION = text("version");

  /** Whether changes are published as those of the partitioned table. */
  public static final Attribute<Boolean> VIA_ROOT = flag("via root");

  /** Whether it is a window function. */
  public static final Attribute<Boolean> WINDOW = flag("window");

  /** The foreign data wrapper of a server. */
  public static final Attribute<String> WRAPPER = text("wrapper");

  private static final String COLUMN_SETTINGS_OF = "column settings of ";

  private final String name;

  private Attribute(String name) {
    this.name = name;
  }

  private static Attribute<String> text(String name) {
    return new Attribute<>(name);
  }

  private static Attribute<List<String>> items(String name) {
    return new Attribute<>(name);
  }

  private static Attribute<Boolean> flag(String name) {
    return new Attribute<>(name);
  }

  /**
   * @param column a column of a materialized view
   * @return what is set for it: its storage, its statistics target
   */
  public static Attribute<List<String>> columnSettings(String column) {
    return items(COLUMN_SETTINGS_OF + column);
  }

  /**
   * @param name the name of an attribute
   * @return the column that it has the settings of, if it is such a one
   */
  public static Optional<String> settingsOf(String name) {
    return name.startsWith(COLUMN_SETTINGS_OF)
        ? Optional.of(name.substring(COLUMN_SETTINGS_OF.length()))
        : Optional.empty();
  }

  /**
   * @return its name in facts that are printed or kept
   */
  public String name() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribute<?> attribute && name.equals(attribute.name);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
