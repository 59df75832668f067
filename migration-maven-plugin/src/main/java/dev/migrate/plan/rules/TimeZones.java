package dev.migrate.plan.rules;

import static dev.migrate.plan.rules.TypeFamily.base;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.FactId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds conversions that depend on the session's time zone, and pins the zone in the script, so
 * that it gives the same values on every machine. It is said where an expression can, in the
 * expression, and else for the transaction.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-datetime.html#FUNCTIONS-DATETIME-ZONECONVERT">AT
 *     TIME ZONE</a>
 */
public final class TimeZones {
  private static final String ZONE = "UTC";
  private static final String DATE = "date";
  private static final String LOCAL = "timestamp without time zone";
  private static final String ZONED = "timestamp with time zone";
  private static final String TIME = "time without time zone";
  private static final String ZONED_TIME = "time with time zone";
  private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "name");

  /** Its value is that of the moment, as the clocks of the session's zone show it. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "(?i)\\b(now\\(\\)|(statement|transaction|clock)_timestamp\\(\\)"
              + "|CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)");

  private TimeZones() {}

  /** The expression behind USING that says the zone itself. */
  static Optional<TableAction.Using> using(String from, String to, String column) {
    if (isArray(from) || isArray(to)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (base(from) + " to " + base(to)) {
          case LOCAL + " to " + ZONED, ZONED + " to " + LOCAL -> at(column, "");
          case DATE + " to " + ZONED -> at(column + "::timestamp", "");
          case ZONED + " to " + DATE -> at("(" + column, ")::date");
          case ZONED + " to " + TIME -> at("(" + column, ")::time");
          default -> null;
        });
  }

  private static TableAction.Using at(String start, String end) {
    return new TableAction.Using(start, Optional.of(ZONE), end);
  }

  /**
   * @param from a type, as PostgreSQL names it
   * @param to another
   * @return whether the zone of the session decides what a value of the one becomes in the other
   */
  public static boolean decide(String from, String to) {
    String old = base(from);
    String wanted = base(to);
    if (old.equals(wanted)) {
      return false;
    }
    return switch (wanted) {
      case ZONED -> Set.of(LOCAL, DATE).contains(old) || TEXTS.contains(old);
      case ZONED_TIME -> Set.of(TIME, LOCAL, ZONED).contains(old) || TEXTS.contains(old);
      case LOCAL, DATE, TIME -> old.equals(ZONED);
      default -> TEXTS.contains(wanted) && old.equals(ZONED);
    };
  }

  private static boolean isArray(String type) {
    return type.endsWith("[]");
  }

  /** What sets the zone before a statement whose expressions cannot say it. */
  static Statement session(FactId column) {
    return Statement.of(column, new Operation.SetTimeZone(ZONE)).with(assumed(column));
  }

  static Hazard assumed(FactId column) {
    return new Hazard.AssumesTimeZone(column.toString(), ZONE);
  }

  /** What precedes a new column whose default is the present time without its zone. */
  static List<Statement> beforeDefault(FactId column, String type, String expression) {
    return Set.of(LOCAL, DATE, TIME).contains(base(type)) && MOMENT.matcher(expression).find()
        ? List.of(session(column))
        : List.of();
  }
}
