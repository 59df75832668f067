package dev.migrate.schema;

/**
 * The kinds of facts: table, column, index, function, comment … The word is how people read it in
 * messages.
 */
public enum Kind {
  EXTENSION("extension"),
  SCHEMA("schema"),
  LANGUAGE("language"),
  FOREIGN_DATA_WRAPPER("foreign-data wrapper"),
  SERVER("server"),
  USER_MAPPING("user mapping"),
  COLLATION("collation"),
  ENUM("enum"),
  DOMAIN("domain"),
  DOMAIN_CONSTRAINT("domain constraint"),
  COMPOSITE_TYPE("composite type"),
  ATTRIBUTE("attribute"),
  RANGE_TYPE("range type"),
  SHELL_TYPE("shell type"),
  BASE_TYPE("base type"),
  SEQUENCE("sequence"),
  SEQUENCE_OWNER("owner of sequence"),
  TEXT_SEARCH_PARSER("text search parser"),
  TEXT_SEARCH_TEMPLATE("text search template"),
  TEXT_SEARCH_DICTIONARY("text search dictionary"),
  TEXT_SEARCH_CONFIGURATION("text search configuration"),
  TABLE("table"),
  FOREIGN_TABLE("foreign table"),
  FUNCTION("function"),
  PROCEDURE("procedure"),
  AGGREGATE("aggregate"),
  OPERATOR("operator"),
  OPERATOR_FAMILY("operator family"),
  OPERATOR_CLASS("operator class"),
  OPERATOR_FAMILY_MEMBER("member of operator family"),
  ACCESS_METHOD("access method"),
  CAST("cast"),
  CONVERSION("conversion"),
  TRANSFORM("transform"),
  INHERITANCE("inheritance"),
  PARTITION("partition"),
  COLUMN("column"),
  DEFAULT("default of column"),
  IDENTITY("identity of column"),
  CONSTRAINT("constraint"),
  INDEX("index"),
  REPLICA_IDENTITY("replica identity of"),
  STATISTICS("statistics"),
  VIEW("view"),
  MATERIALIZED_VIEW("materialized view"),
  RULE("rule"),
  TRIGGER("trigger"),
  POLICY("policy"),
  EVENT_TRIGGER("event trigger"),
  PUBLICATION("publication"),
  PUBLICATION_TABLE("table of publication"),
  PUBLICATION_SCHEMA("schema of publication"),
  SUBSCRIPTION("subscription"),
  COMMENT("comment on"),
  OWNER("owner of"),
  PRIVILEGE("privileges on"),
  DEFAULT_PRIVILEGE("default privileges");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /**
   * @return the kind in words, lower case, as in "materialized view"
   */
  public String word() {
    return word;
  }
}
