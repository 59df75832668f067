package dev.migrate.backup;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * Row count and checksum of one table at one moment.
 *
 * @param schema its schema
 * @param table its name
 * @param rows the number of its rows
 * @param checksum a number that equal rows give in whatever order they are stored; null when nobody
 *     asked for it
 */
public record TableChecksum(String schema, String table, long rows, String checksum) {
  /** The name is needed. */
  public TableChecksum {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
  }

  /**
   * @return the checksum, if it was taken
   */
  public Optional<String> sum() {
    return Optional.ofNullable(checksum);
  }

  /** The content of two parts of a table. */
  TableChecksum plus(TableChecksum other) {
    String sum =
        checksum == null || other.checksum == null
            ? null
            : new BigInteger(checksum).add(new BigInteger(other.checksum)).toString();
    return new TableChecksum(schema, table, rows + other.rows, sum);
  }

  /**
   * @return schema and table, for people
   */
  public String title() {
    return schema + "." + table;
  }
}
