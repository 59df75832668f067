package dev.migrate.goal;

import dev.migrate.replay.ScratchSource;
import java.util.Optional;

/**
 * The Maven parameters of a server that is lent for scratch databases ({@code migrate.scratchUrl}
 * and its account), as one value.
 *
 * @param url its JDBC URL; null or blank when none is lent and an embedded PostgreSQL is started
 * @param user the role there; null when the URL says it
 * @param password its password; null when the URL or the environment says it
 */
record ScratchParameters(SecretParameter url, String user, SecretParameter password) {
  /** The server that is lent, if one is. */
  Optional<ScratchSource> lent() {
    return address()
        .map(address -> new ScratchSource.Borrowed(address, user, SecretParameter.value(password)));
  }

  /** Its URL, if one is lent. */
  Optional<String> address() {
    String value = SecretParameter.value(url);
    return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(String::strip);
  }
}
