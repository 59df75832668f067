package dev.migrate.target;

import java.util.Optional;

/**
 * The target as the build configures it: URL, user and password, each with its origin; whatever it
 * leaves open is looked up in the environment.
 *
 * @param url the database, in any of the forms of {@link TargetResolver}
 * @param user the role to connect as, before the one in the URL
 * @param password its password, before the one in the URL
 * @param serverUser the user name of a {@code <server>} of settings.xml
 * @param serverPassword its decrypted password
 * @param usualUser the role when nobody else says one
 */
public record TargetRequest(
    Optional<Setting> url,
    Optional<Setting> user,
    Optional<Setting> password,
    Optional<Setting> serverUser,
    Optional<Setting> serverPassword,
    Optional<Setting> usualUser) {

  /**
   * @param url the database
   * @return a request that leaves everything but the URL open
   */
  public static TargetRequest of(Setting url) {
    return new TargetRequest(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * @return a request that leaves everything open
   */
  public static TargetRequest none() {
    return new TargetRequest(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
