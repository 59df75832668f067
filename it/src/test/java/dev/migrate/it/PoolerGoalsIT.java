package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Goals in a real build whose target is behind a pooler: one build for all, in which each goal has
 * a module of its own, so that one that fails does not keep the others from running.
 */
@WithDatabase
@DisplayName("Goals through a pooler")
class PoolerGoalsIT {
  private static final String FIRST = "20260101000000";
  private static final String SECOND = "20260102000000";

  /** What of ours could stay in a session. */
  private static final String TRACES =
      """
      select (select count(*) from pg_locks join pg_database d on d.oid = database
          where locktype = 'advisory' and datname = current_database())
        || ' ' || (select count(*) from pg_class where relpersistence = 't')
        || ' ' || (select count(*) from pg_listening_channels())
        || ' ' || (select count(*) from pg_prepared_statements)
        || ' ' || current_user || ' ' || current_setting('application_name')
        || ' ' || (select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
          where name in ('lock_timeout', 'statement_timeout', 'search_path', 'row_security',
            'client_connection_check_interval', 'idle_session_timeout', 'jit', 'DateStyle',
            'default_transaction_read_only', 'extra_float_digits'))
      """;

  private final List<String> modules = new ArrayList<>();

  @BeforeAll
  static void pgbouncer() {
    Pooler.require();
  }

  @Test
  @DisplayName("work in session mode and leave nothing; else refuse before anything happens")
  void goals(Database session, Database transaction, Database statement) throws Exception {
    Project project = Project.empty("pooler");
    project
        .write("db/V%s__a.sql".formatted(FIRST), "create table a (id int);\n")
        .write("db/V%s__b.sql".formatted(SECOND), "create table b (id int);\n")
        .write("undo/U%s__a.sql".formatted(FIRST), "drop table a;\n")
        .write("undo/U%s__b.sql".formatted(SECOND), "drop table b;\n");
    try (Pooler one = Pooler.before(session, "session");
        Pooler two = Pooler.before(transaction, "transaction");
        Pooler three = Pooler.before(statement, "statement")) {
      String untouched = one.database().query(TRACES).get(0);
      goal(project, "session", "upgrade", one.database(), "");
      goal(project, "session", "check", one.database(), "");
      goal(project, "session", "current", one.database(), "");
      goal(project, "session", "history", one.database(), "");
      goal(project, "session", "diff", one.database(), diff(session));
      goal(project, "session", "backup", one.database(), "<backupEngine>jdbc</backupEngine>");
      goal(project, "session", "downgrade", one.database(), "");
      goal(project, "session", "stamp", one.database(), "<to>head</to>");
      goal(project, "session", "rehearse", one.database(), scratch(session));
      for (Map.Entry<String, Pooler> mode :
          Map.of("transaction", two, "statement", three).entrySet()) {
        Database there = mode.getValue().database();
        for (Map.Entry<String, String> goal : moving(session).entrySet()) {
          goal(project, mode.getKey(), goal.getKey(), there, goal.getValue());
        }
      }
      for (String looking : List.of("check", "current", "history")) {
        goal(project, "transaction", looking, two.database(), "");
        goal(project, "statement", looking, three.database(), "");
      }
      goal(project, "wrong", "upgrade", session, "<rerun>20300101</rerun>");
      goal(project, "needless", "upgrade", session, "<rerun>%s</rerun>".formatted(FIRST));
      write(project);

      Build build = project.run("-fae", "validate").fails();

      for (String module : modules) {
        String failure = "Failed to execute goal .*:%s .* on project %s: (\\w+)";
        String goal = module.substring(module.indexOf('-') + 1);
        List<String> failed =
            Pattern.compile(failure.formatted(goal, module))
                .matcher(build.output())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(failed).as(module + " in " + build).isEqualTo(expected(module));
      }
      build.says(
          " is a pooler in transaction mode",
          " is a pooler in statement mode",
          "Nothing was changed.");
      assertThat(session.tables()).containsExactly("a");
      assertThat(session.applied()).containsExactly(FIRST, SECOND);
      assertThat(transaction.query("select count(*) from pg_class where relname like '%flyway%'"))
          .containsExactly("0");
      assertThat(statement.query("select count(*) from pg_class where relname like '%flyway%'"))
          .containsExactly("0");
      for (int i = 0; i < 6; i++) {
        assertThat(one.database().query(TRACES)).containsExactly(untouched);
        assertThat(two.database().query(TRACES)).containsExactly(untouched);
      }
    }
  }

  private static List<String> expected(String module) {
    return switch (module) {
      case "transaction-check" -> List.of("PENDING"); // questions are answered
      case "transaction-current", "transaction-history", "needless-upgrade" -> List.of();
      case "wrong-upgrade" -> List.of("UNKNOWN_REVISION");
      default -> module.startsWith("session") ? List.of() : List.of("POOLER");
    };
  }

  private static Map<String, String> moving(Database direct) {
    Map<String, String> goals = new LinkedHashMap<>();
    goals.put("upgrade", "");
    goals.put("downgrade", "");
    goals.put("stamp", "<to>head</to>");
    goals.put("backup", "<backupEngine>jdbc</backupEngine>");
    goals.put("diff", diff(direct));
    goals.put("rehearse", scratch(direct));
    return goals;
  }

  private static String diff(Database direct) {
    return "<from>current</from><to>target</to><failOnDifference>true</failOnDifference>"
        + scratch(direct);
  }

  private static String scratch(Database direct) {
    return "<scratchUrl>%s</scratchUrl><scratchUser>%s</scratchUser><scratchPassword>%s</scratchPassword>"
        .formatted(direct.url(), direct.user(), direct.password());
  }

  /** A module in which a goal runs. */
  private void goal(
      Project project, String mode, String goal, Database target, String configuration) {
    String module = mode + "-" + goal;
    modules.add(module);
    String execution =
        "<executions><execution><phase>validate</phase><goals><goal>%s</goal></goals></execution></executions>"
            .formatted(goal);
    String plugin =
        Project.plugin(
                "<directory>../db</directory><undoDirectory>../undo</undoDirectory><url>%s</url><user>%s</user><password>%s</password>%s"
                    .formatted(target.url(), target.user(), target.password(), configuration))
            .replace("</plugin>", execution + "</plugin>");
    project.write(module + "/pom.xml", Project.pom(module, plugin));
  }

  private void write(Project project) {
    StringBuilder names = new StringBuilder();
    modules.forEach(name -> names.append("<module>").append(name).append("</module>"));
    project.write(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>it.example</groupId>
          <artifactId>pooler</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <modules>%s</modules>
        </project>
        """
            .formatted(names));
  }
}
