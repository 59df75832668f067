package dev.migrate.target;

import java.util.Objects;

/**
 * A configured value and its origin, so that a message about it can name the place to mend.
 *
 * @param value the value
 * @param origin where it stands, as a person would say it, such as {@code -Dmigrate.url} or {@code
 *     the environment variable DATABASE_URL}
 */
public record Setting(String value, String origin) {
  public Setting {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * @return the value of a URL as its writer may see it again: without what may be a password
   */
  public String shown() {
    return DatabaseUrl.masked(value);
  }

  /** Leaves the value out: it may be a password. */
  @Override
  public String toString() {
    return "a value from " + origin;
  }
}
