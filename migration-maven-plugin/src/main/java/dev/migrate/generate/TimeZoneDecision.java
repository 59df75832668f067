package dev.migrate.generate;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides the time zone for conversions between {@code timestamp} and {@code timestamp with time
 * zone}. No schema says it, and the zone of whoever runs a script must not decide it: it is given,
 * or asked; else the scripts say UTC, and that it was assumed.
 *
 * @param workspace where a zone is tried
 * @param questions whom to ask
 * @param given what was given; empty when nothing was
 */
record TimeZoneDecision(ScratchWorkspace workspace, UserPrompt questions, String given) {
  private static final String USUAL = "UTC";

  /**
   * @return the plans, with the zone that was decided
   * @throws MigrateException {@code INVALID_PARAMETER} when PostgreSQL knows no such zone
   */
  PlanSource decide(PlanSource source, Schema from, Schema to, List<Rename> renames) {
    if (!given.isBlank()) {
      return source.in(known(given.strip()));
    }
    String columns =
        source.plan(from, to, new PlanOptions(renames)).statements().stream()
            .flatMap(statement -> statement.hazards().stream())
            .filter(Hazard.AssumesTimeZone.class::isInstance)
            .map(hazard -> ((Hazard.AssumesTimeZone) hazard).what())
            .distinct()
            .collect(Collectors.joining(", "));
    if (columns.isEmpty()) {
      return source;
    }
    var answer =
        questions.answer(
            "In which time zone are the times without one (%s)?".formatted(columns), USUAL);
    return answer.isPresent() ? source.in(known(answer.get().strip())) : source;
  }

  private String known(String zone) {
    try (Connection connection = workspace.base().connectToRead();
        PreparedStatement query =
            connection.prepareStatement("SELECT pg_catalog.timezone(?, pg_catalog.now())")) {
      query.setString(1, zone);
      query.executeQuery().close();
      return zone;
    } catch (SQLException e) {
      if (!SqlState.INVALID_PARAMETER_VALUE.is(e)) {
        throw ScratchWorkspace.lost(e);
      }
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "PostgreSQL knows no time zone \"%s\".".formatted(zone),
          "Give one of pg_timezone_names with -Dmigrate.timeZone, such as Europe/Berlin or UTC.",
          e);
    }
  }
}
