package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;

/** Failure message for a placeholder of a script that Flyway knows no value for. */
final class UnknownPlaceholder {
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "(?:No value provided for placeholder|Failed to populate value for default placeholder):"
              + " (.+?)(?:\\.\\s+Check your configuration!)?$");

  private UnknownPlaceholder() {}

  /** The failure, if that is why Flyway cannot read a script. */
  static Optional<MigrateException> withoutValue(
      Script file, FlywayException thrown, Configuration written) {
    return Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(message -> message != null)
        .map(UNKNOWN::matcher)
        .filter(Matcher::find)
        .map(found -> failure(file, found.group(1), thrown, written))
        .findFirst();
  }

  private static MigrateException failure(
      Script file, String said, FlywayException cause, Configuration written) {
    int at = file.text().indexOf(said);
    long line =
        at < 0 ? 0 : 1 + file.text().substring(0, at).chars().filter(c -> c == '\n').count();
    String prefix = written.getPlaceholderPrefix();
    String suffix = written.getPlaceholderSuffix();
    String name =
        said.substring(
            said.startsWith(prefix) ? prefix.length() : 0,
            said.endsWith(suffix) ? said.length() - suffix.length() : said.length());
    return new MigrateException(
        FailureCode.INVALID_REVISION_FILE,
        "%s%s: the placeholder %s has no value."
            .formatted(file.name(), line == 0 ? "" : ", line " + line, said),
        name.startsWith("flyway" + written.getPlaceholderSeparator())
            ? "Flyway knows "
                + FlywayPlaceholders.NAMES.stream()
                    .map(one -> "${flyway:" + one + "}")
                    .collect(Collectors.joining(", "))
                + "; correct it, or write what it should stand for."
            : "Give it one in <placeholders> of the plugin's configuration: <%1$s>…</%1$s>. If it is no"
                    .formatted(name)
                + " placeholder, write it in two parts, such as '$' || '{%s}': while there are"
                    .formatted(name)
                + " <placeholders>, Flyway replaces every ${…}.",
        cause);
  }
}
