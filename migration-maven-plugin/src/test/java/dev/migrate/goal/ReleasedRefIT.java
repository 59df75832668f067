package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.TestPostgres;
import dev.migrate.testing.Thorough;
import dev.migrate.verify.ReleasedRevisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history that is released with a tag of git")
class ReleasedRefIT {
  private static final String UP = "src/main/resources/db/migration/";
  private static final String SCRIPT = "BEGIN;\ncreate table %s (id int primary key);\nCOMMIT;\n";

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void release() throws Exception {
    root = folder.resolve("project");
    file(UP + "V1__a.sql", SCRIPT.formatted("a"));
    file(UP + "V2__b.sql", SCRIPT.formatted("b"));
    file(
        "src/main/database/schema.sql",
        "create table a (id int primary key, n int);"
            + "create table b (id int primary key); create table c (id int);");
    git(root, "init", "-q");
    git(root, "add", "-A");
    commit("Release");
    git(root, "tag", "v1");
    file(UP + "V3__c.sql", "create table c (id int);");
  }

  private void file(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private void commit(String message) throws Exception {
    git(root, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", message);
  }

  private static void git(Path where, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", where.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Goals goals(ScratchDatabase target, String released) {
    ServerAddress scratch = TestPostgres.server().address();
    Map<String, String> always = new HashMap<>();
    always.put("url", target.jdbcUrl());
    always.put("user", target.user());
    always.put("password", target.password());
    always.put("backup", "never");
    always.put("scratchUrl", scratch.jdbcUrl("postgres"));
    always.put("scratchUser", scratch.user());
    always.put("scratchPassword", scratch.password());
    always.put("released", released);
    return new Goals(root, always);
  }

  @Test
  @Thorough
  @DisplayName("is the same history to every goal: all run what Flyway has run")
  void everyGoal() throws Exception {
    try (ScratchDatabase target = TestPostgres.database("tagged")) {
      Goals goals = goals(target, "v1");
      assertThat(goals.run("lint lintAll=true lintFail=never"))
          .anyMatch(line -> line.contains("2 revisions are released already"));
      assertThat(goals.run("rehearse backup=never")).noneMatch(line -> line.startsWith("warn"));
      assertThat(goals.run("upgrade")).anyMatch(line -> line.contains("3"));
      assertThat(goals.run("generate message=n rename=none"))
          .anyMatch(line -> line.contains("Proven"));
      goals.run("upgrade");
      assertThat(goals.run("downgrade to=3")).isNotEmpty();
      assertThat(goals.run("verify skipChecks=data,commute verifyTarget=true")).isNotEmpty();
      goals.run("squash to=2");
      goals.run("upgrade");
      assertThat(goals.run("check")).isNotNull();
      assertThat(goals.run("verify skipChecks=data,commute")).isNotEmpty();
      assertThat(goals(target, "1").run("verify skipChecks=data,commute,files")).isNotEmpty();
    }
  }

  @Test
  @DisplayName("stops what needs to know it, and nothing else, when git does not know the tag")
  void unknown() throws Exception {
    try (ScratchDatabase target = TestPostgres.database("tagged")) {
      String why =
          "Which revisions are released with \"v9\", which is no revision of this project, cannot be"
              + " found out: git knows no tag, branch or commit \"v9\".";
      assertThatThrownBy(() -> goals(target, "v9").run("upgrade")).hasMessageContaining(why);
      assertThatThrownBy(() -> goals(target, "v9").run("lint")).hasMessageContaining(why);
      assertThatThrownBy(() -> goals(target, "v9").run("verify")).hasMessageContaining(why);
      goals(target, "v1").run("upgrade to=2");
      assertThat(goals(target, "v9").run("upgrade"))
          .anyMatch(line -> line.startsWith("warn") && line.contains(why));
      assertThatThrownBy(() -> goals(target, "-v9").run("lint"))
          .hasMessageContaining("that is not the name of a tag, branch or commit");
    }
  }

  @Test
  @DisplayName("cannot be told in a shallow clone, outside of a repository, or without git")
  void noGit() throws Exception {
    git(root, "add", "-A");
    commit("More");
    Path shallow = folder.resolve("shallow");
    git(folder, "clone", "-q", "--depth", "1", "file://" + root, shallow.toString());
    assertThatThrownBy(() -> ReleasedRevisions.of(read(shallow), Optional.of("v1"), "git"))
        .hasMessageContaining("\"v1\" in this shallow clone, which has only the newest")
        .hasMessageContaining("git fetch --tags --unshallow");
    assertThatThrownBy(() -> ReleasedRevisions.of(read(root), Optional.of("v1"), "no-git-here"))
        .hasMessageContaining("cannot be found out: the command git cannot be run here.")
        .hasMessageContaining("name the last released revision itself in migrate.released");
    Path plain = folder.resolve("plain");
    Files.createDirectories(plain.resolve(UP));
    assertThatThrownBy(() -> ReleasedRevisions.of(read(plain), Optional.of("v1"), "git"))
        .hasMessageContaining("not a git repository");
    assertThat(ReleasedRevisions.of(read(root), Optional.of("v1"), "git").ids())
        .containsExactlyInAnyOrder(RevisionId.of("1"), RevisionId.of("2"));
  }

  private static RevisionFiles read(Path project) {
    return RevisionFiles.read(RevisionFolders.of(project), MissingFolder.REFUSE);
  }
}
