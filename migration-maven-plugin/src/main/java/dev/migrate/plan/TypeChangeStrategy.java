package dev.migrate.plan;

/**
 * Decides how a type changes in place or by a new type, and which stored values PostgreSQL converts
 * with it. The columns with all others are parked, see {@link ColumnParking}.
 */
public enum TypeChangeStrategy {
  /** It changes under any value. */
  FREE(true, true, true, false),

  /** It is made anew, and columns of it and of its arrays are moved over. */
  MOVED(true, true, false, true),

  /** It changes where it is, once all values in columns of it, and of domains over it, are read. */
  CHECKED(true, false, true, false),

  /** It changes where it is, as long as no value of it is stored. */
  UNSTORED(false, false, false, false),

  /** It is dropped and made again, with every value. */
  REMADE(false, false, false, true);

  private final boolean columns;
  private final boolean arrays;
  private final boolean domains;
  private final boolean anew;

  TypeChangeStrategy(boolean columns, boolean arrays, boolean domains, boolean anew) {
    this.columns = columns;
    this.arrays = arrays;
    this.domains = domains;
    this.anew = anew;
  }

  /** Whether values that have the type in this way stay where they are. */
  boolean carries(TypeUsers.Way way) {
    return switch (way) {
      case ITSELF -> columns;
      case ARRAY -> arrays;
      case DOMAIN -> domains;
      case WITHIN -> this == FREE;
    };
  }

  /** Whether the type is another one afterwards, under the same name. */
  boolean anew() {
    return anew;
  }
}
