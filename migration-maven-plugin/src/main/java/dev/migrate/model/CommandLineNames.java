package dev.migrate.model;

import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.text.PlainText;
import java.util.List;
import java.util.function.Function;

/**
 * Formats object names as people write them on a command line: without quotes, without the schema
 * public, and on one line whatever stands in the name.
 */
public final class CommandLineNames {
  private static final String PUBLIC = "public";

  private CommandLineNames() {}

  public static String of(FactId id) {
    List<String> names = id.names();
    boolean plain = names.size() > 1 && names.get(0).equals(PUBLIC);
    return PlainText.line(String.join(".", plain ? names.subList(1, names.size()) : names));
  }

  public static String full(FactId id) {
    return PlainText.line(String.join(".", id.names()));
  }

  /** A value of an enum. */
  public static String value(FactId type, String label) {
    return of(type) + "." + PlainText.line(label);
  }

  /** As {@code migrate.rename} takes it. */
  public static String flag(Rename rename) {
    return sides(rename, CommandLineNames::of);
  }

  /** As a question puts it. */
  public static String words(Rename rename) {
    if (rename instanceof Rename.OfEnumValue value) {
      return "the value '%s' of the enum %s to '%s'"
          .formatted(PlainText.line(value.from()), of(value.type()), PlainText.line(value.to()));
    }
    Rename.OfFact fact = (Rename.OfFact) rename;
    return "the %s %s to %s".formatted(fact.from().kind().word(), of(fact.from()), of(fact.to()));
  }

  public static boolean matches(Rename rename, String text) {
    if (rename instanceof Rename.OfEnumValue) {
      return flag(rename).equals(text) || sides(rename, CommandLineNames::full).equals(text);
    }
    Rename.OfFact fact = (Rename.OfFact) rename;
    return List.of(
            flag(rename),
            sides(rename, CommandLineNames::full),
            of(fact.from()) + ":" + PlainText.line(fact.to().lastName()))
        .contains(text);
  }

  private static String sides(Rename rename, Function<FactId, String> name) {
    if (rename instanceof Rename.OfEnumValue value) {
      String type = name.apply(value.type());
      return type
          + "."
          + PlainText.line(value.from())
          + ":"
          + type
          + "."
          + PlainText.line(value.to());
    }
    Rename.OfFact fact = (Rename.OfFact) rename;
    return name.apply(fact.from()) + ":" + name.apply(fact.to());
  }
}
