package dev.migrate.sql;

import java.sql.SQLException;

/** The SQLSTATE error codes of PostgreSQL that anybody here asks for. */
public enum SqlState {
  UNABLE_TO_CONNECT("08001"),
  CONNECTION_REJECTED("08004"),
  CONNECTION_FAILURE("08006"),
  PROTOCOL_VIOLATION("08P01"),
  DATETIME_OUT_OF_RANGE("22008"),
  INVALID_DATETIME("22007"),
  INVALID_PARAMETER_VALUE("22023"),
  INVALID_TEXT_REPRESENTATION("22P02"),
  NOT_NULL_VIOLATION("23502"),
  ACTIVE_TRANSACTION("25001"),
  READ_ONLY_TRANSACTION("25006"),
  IN_FAILED_TRANSACTION("25P02"),
  INVALID_AUTHORIZATION("28000"),
  INVALID_PASSWORD("28P01"),
  INVALID_TRANSACTION_END("2D000"),
  UNKNOWN_DATABASE("3D000"),
  UNKNOWN_SCHEMA("3F000"),
  DEADLOCK("40P01"),
  INSUFFICIENT_PRIVILEGE("42501"),
  SYNTAX_ERROR("42601"),
  UNDEFINED_OBJECT("42704"),
  DUPLICATE_OBJECT("42710"),
  UNDEFINED_TABLE("42P01"),
  DUPLICATE_DATABASE("42P04"),
  DISK_FULL("53100"),
  NOT_IN_NEEDED_STATE("55000"),
  OBJECT_IN_USE("55006"),
  LOCK_NOT_AVAILABLE("55P03"),
  UNSAFE_NEW_ENUM_VALUE("55P04"),
  QUERY_CANCELED("57014"),
  INTERNAL_ERROR("XX000"),
  /** Any other, or none at all. */
  OTHER("");

  private final String code;

  SqlState(String code) {
    this.code = code;
  }

  /**
   * @param refused what the driver threw
   * @return why; {@link #OTHER} when nobody here has a name for it
   */
  public static SqlState of(SQLException refused) {
    String code = refused.getSQLState();
    for (SqlState state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    return OTHER;
  }

  /**
   * @return the five characters, as in {@link SQLException#getSQLState()}
   */
  public String code() {
    return code;
  }

  /**
   * @param refused what the driver threw
   * @return whether it is this
   */
  public boolean is(SQLException refused) {
    return of(refused) == this;
  }
}
