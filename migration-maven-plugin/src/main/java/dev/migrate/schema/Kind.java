package dev.migrate.schema;

import static dev.migrate.schema.Kind.Place.ABOUT;
import static dev.migrate.schema.Kind.Place.ABOUT_NAMED;
import static dev.migrate.schema.Kind.Place.APART;
import static dev.migrate.schema.Kind.Place.DATABASE;
import static dev.migrate.schema.Kind.Place.IN_OBJECT;
import static dev.migrate.schema.Kind.Place.IN_SCHEMA;
import static dev.migrate.schema.Kind.Trait.AFTER_ROWS;
import static dev.migrate.schema.Kind.Trait.HOLDS_NOTHING;
import static dev.migrate.schema.Kind.Trait.NAMED_IN_BODIES;
import static dev.migrate.schema.Kind.Trait.RIGHT;
import static dev.migrate.schema.Kind.Trait.ROWS_NEED_IT;
import static dev.migrate.schema.Kind.Trait.WORTH_A_RENAME;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of facts: table, column, index, function, comment … The word is how people read it in
 * messages; the place and the traits are what everybody has to know who treats facts of all kinds
 * alike. A new kind says them here, and has a reader and a rule of its own.
 */
public enum Kind {
  EXTENSION("extension", DATABASE),
  SCHEMA("schema", DATABASE, WORTH_A_RENAME),
  LANGUAGE("language", DATABASE),
  FOREIGN_DATA_WRAPPER("foreign-data wrapper", DATABASE),
  SERVER("server", DATABASE),
  USER_MAPPING("user mapping", DATABASE),
  COLLATION("collation", IN_SCHEMA, NAMED_IN_BODIES),
  ENUM("enum", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  DOMAIN("domain", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  DOMAIN_CONSTRAINT("domain constraint", IN_OBJECT),
  COMPOSITE_TYPE("composite type", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  ATTRIBUTE("attribute", IN_OBJECT, ROWS_NEED_IT),
  RANGE_TYPE("range type", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  SHELL_TYPE("shell type", IN_SCHEMA, ROWS_NEED_IT),
  BASE_TYPE("base type", IN_SCHEMA, ROWS_NEED_IT, NAMED_IN_BODIES),
  SEQUENCE("sequence", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  SEQUENCE_OWNER("owner of sequence", IN_OBJECT, ROWS_NEED_IT),
  TEXT_SEARCH_PARSER("text search parser", IN_SCHEMA),
  TEXT_SEARCH_TEMPLATE("text search template", IN_SCHEMA),
  TEXT_SEARCH_DICTIONARY("text search dictionary", IN_SCHEMA, NAMED_IN_BODIES),
  TEXT_SEARCH_CONFIGURATION("text search configuration", IN_SCHEMA, NAMED_IN_BODIES),
  TABLE("table", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  FOREIGN_TABLE("foreign table", IN_SCHEMA, ROWS_NEED_IT, WORTH_A_RENAME, NAMED_IN_BODIES),
  FUNCTION("function", IN_SCHEMA, HOLDS_NOTHING, WORTH_A_RENAME, NAMED_IN_BODIES),
  PROCEDURE("procedure", IN_SCHEMA, HOLDS_NOTHING, WORTH_A_RENAME, NAMED_IN_BODIES),
  AGGREGATE("aggregate", IN_SCHEMA, NAMED_IN_BODIES),
  OPERATOR("operator", IN_SCHEMA, NAMED_IN_BODIES),
  OPERATOR_FAMILY("operator family", IN_SCHEMA),
  OPERATOR_CLASS("operator class", IN_SCHEMA),
  OPERATOR_FAMILY_MEMBER("member of operator family", IN_SCHEMA),
  ACCESS_METHOD("access method", DATABASE),
  CAST("cast", APART),
  CONVERSION("conversion", IN_SCHEMA),
  TRANSFORM("transform", APART),
  INHERITANCE("inheritance", IN_OBJECT, ROWS_NEED_IT),
  PARTITION("partition", IN_OBJECT, ROWS_NEED_IT),
  COLUMN("column", IN_OBJECT, ROWS_NEED_IT),
  DEFAULT("default of column", IN_OBJECT, ROWS_NEED_IT),
  IDENTITY("identity of column", IN_OBJECT, ROWS_NEED_IT),
  CONSTRAINT("constraint", IN_OBJECT),
  INDEX("index", IN_SCHEMA, AFTER_ROWS),
  REPLICA_IDENTITY("replica identity of", ABOUT, AFTER_ROWS),
  STATISTICS("statistics", IN_SCHEMA, AFTER_ROWS),
  VIEW("view", IN_SCHEMA, HOLDS_NOTHING, WORTH_A_RENAME, NAMED_IN_BODIES),
  MATERIALIZED_VIEW(
      "materialized view", IN_SCHEMA, HOLDS_NOTHING, AFTER_ROWS, WORTH_A_RENAME, NAMED_IN_BODIES),
  RULE("rule", IN_OBJECT, HOLDS_NOTHING, AFTER_ROWS),
  TRIGGER("trigger", IN_OBJECT, HOLDS_NOTHING, AFTER_ROWS),
  POLICY("policy", IN_OBJECT, HOLDS_NOTHING, AFTER_ROWS),
  EVENT_TRIGGER("event trigger", DATABASE),
  PUBLICATION("publication", DATABASE, AFTER_ROWS),
  PUBLICATION_TABLE("table of publication", APART, AFTER_ROWS),
  PUBLICATION_SCHEMA("schema of publication", APART, AFTER_ROWS),
  SUBSCRIPTION("subscription", DATABASE),
  COMMENT("comment on", ABOUT),
  OWNER("owner of", ABOUT, RIGHT),
  PRIVILEGE("privileges on", ABOUT_NAMED, RIGHT),
  DEFAULT_PRIVILEGE("default privileges", APART, RIGHT);

  /** What the names of a fact begin with. */
  public enum Place {
    /** With its own name: no schema holds it. */
    DATABASE,
    /** With its schema; then comes its own name. */
    IN_SCHEMA,
    /** With the schema and the name of what it is a part of. */
    IN_OBJECT,
    /** With another fact: see {@link FactId#subject}. */
    ABOUT,
    /** With one name of its own, such as a role, and behind it another fact. */
    ABOUT_NAMED,
    /** With something else, such as a type. */
    APART
  }

  /** What holds for all facts of some kinds. */
  public enum Trait {
    /** Rows cannot be loaded without it, or stand in it. */
    ROWS_NEED_IT,
    /** It is made faster when the rows are there, or would be in their way. */
    AFTER_ROWS,
    /** It has nothing of its own: it may go and come back, and only its users notice. */
    HOLDS_NOTHING,
    /** Who may do what. */
    RIGHT,
    /** It holds data, or others refer to it: whether it was renamed is worth a question. */
    WORTH_A_RENAME,
    /** The bodies of routines can name it, by its last name but for arguments. */
    NAMED_IN_BODIES
  }

  private final String word;
  private final Place place;
  private final Set<Trait> traits;

  Kind(String word, Place place, Trait... traits) {
    this.word = word;
    this.place = place;
    this.traits = EnumSet.noneOf(Trait.class);
    this.traits.addAll(Arrays.asList(traits));
  }

  /**
   * @return the kind in words, lower case, as in "materialized view"
   */
  public String word() {
    return word;
  }

  /**
   * @return what the names of a fact of this kind begin with
   */
  public Place place() {
    return place;
  }

  /**
   * @return whether it holds for every fact of this kind
   */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
