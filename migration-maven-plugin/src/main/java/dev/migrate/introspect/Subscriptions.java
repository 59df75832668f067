package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.regex.Pattern;
import org.jooq.Record;

/**
 * Reads subscriptions of logical replication. Who they connect to, only superusers can read;
 * without it, and where it holds a password, which must not get into scripts, a subscription is
 * named as not covered.
 */
final class Subscriptions implements KindReader {
  private static final Pattern PASSWORD = Pattern.compile("(?i)password|//[^/@]*:[^/@]*@");

  private static final String NAMES =
      """
      select s.subname::text as name,
        has_column_privilege('pg_subscription', 'subconninfo', 'select') as readable
      from pg_subscription s
      where s.subdbid = (select oid from pg_database where datname = current_database())
        and {0}::oid[] is not null
      """;

  private static final String SUBSCRIPTIONS =
      """
      select s.oid::int8 as oid, s.subname::text as name, s.subconninfo as connection,
        s.subslotname::text as slot, s.subenabled as enabled, s.subpublications as publications,
        s.subsynccommit as synchronous_commit, %s as is_binary, %s as streaming, %s as two_phase,
        %s as disable_on_error
      from pg_subscription s
      where s.subdbid = (select oid from pg_database where datname = current_database())
        and {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    if (!catalog.scope().wholeDatabase()) {
      return;
    }
    // PostgreSQL refuses the second query to ordinary roles even where it would find nothing.
    boolean readable = false;
    for (Record row : catalog.query(NAMES)) {
      readable = flag(row, "readable");
      if (!readable) {
        catalog.uncovered("subscription", text(row, "name"));
      }
    }
    if (!readable) {
      return;
    }
    String query =
        SUBSCRIPTIONS.formatted(
            catalog.since(14, "s.subbinary", "false"),
            catalog.since(14, "s.substream::text", "'false'"),
            catalog.since(15, "s.subtwophasestate::text", "'d'"),
            catalog.since(15, "s.subdisableonerr", "false"));
    for (Record row : catalog.query(query)) {
      if (PASSWORD.matcher(text(row, "connection")).find()) {
        catalog.uncovered("subscription", text(row, "name"));
      } else {
        catalog
            .note(
                ObjectKey.of("pg_subscription", oid(row, "oid")),
                FactId.of(Kind.SUBSCRIPTION, text(row, "name")))
            .ifPresent(fact -> describe(row, fact));
      }
    }
  }

  private static void describe(Record row, Fact.Builder fact) {
    String commit = text(row, "synchronous_commit");
    fact.text(Attribute.CONNECTION, text(row, "connection"))
        .text(Attribute.SLOT, text(row, "slot"))
        .flag(Attribute.ENABLED_FLAG, flag(row, "enabled"))
        .items(Attribute.PUBLICATIONS, texts(row, "publications"))
        .text(Attribute.SYNCHRONOUS_COMMIT, "off".equals(commit) ? null : commit)
        .flag(Attribute.BINARY, flag(row, "is_binary"))
        .text(Attribute.STREAMING, streaming(text(row, "streaming")))
        .flag(Attribute.TWO_PHASE, !"d".equals(text(row, "two_phase")))
        .flag(Attribute.DISABLE_ON_ERROR, flag(row, "disable_on_error"));
  }

  private static String streaming(String value) {
    return switch (value) {
      case "true", "t" -> "on";
      case "p" -> "parallel";
      default -> null;
    };
  }
}
