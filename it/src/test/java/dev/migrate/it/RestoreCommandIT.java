package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("A failed upgrade")
class RestoreCommandIT {
  private static final String FIRST = "20260101000000";
  private static final String SECOND = "20260102000000";
  private static final String THIRD = "20260103000000";
  private static final Pattern COMMAND =
      Pattern.compile("mvn (migrate:restore -Dmigrate\\.backupName=\\S+.*)");

  @Test
  @DisplayName("prints the command that brings back what was lost, and it works")
  void printTheRestoreCommand(Database database) {
    Project project =
        assets("failing", database)
            .revision(SECOND, "delete from assets;\n", "select 1;\n")
            .revision(THIRD, "select 1 / 0;\n", "select 1;\n");
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();

    Build failed =
        project.run("migrate:upgrade", "-Dmigrate.backupDirectory=target/kept copies").fails();
    failed.says("division by zero", "To go back to where the database stood before: mvn ");
    assertThat(database.query("select count(*) from assets")).containsExactly("0");

    Matcher command = COMMAND.matcher(failed.output());
    assertThat(command.find()).isTrue();
    project.run(words(command.group(1))).succeeds().says("at revision " + FIRST);
    assertThat(database.query("select count(*) from assets")).containsExactly("1000");
    assertThat(database.applied()).containsExactly(FIRST);
  }

  /** As a shell splits a command with words in double quotes. */
  private static String[] words(String command) {
    return Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+")
        .matcher(command)
        .results()
        .map(word -> word.group().replace("\"", ""))
        .toArray(String[]::new);
  }

  /** A thousand assets. */
  private static Project assets(String name, Database database) {
    Project project = Project.small(name);
    return project
        .with(database.targetOf(project.maven()))
        .revision(
            FIRST,
            """
            create table assets (id integer primary key);
            insert into assets select generate_series(1, 1000);
            """,
            "drop table assets;\n");
  }
}
