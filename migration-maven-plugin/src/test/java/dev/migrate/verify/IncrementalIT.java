package dev.migrate.verify;

import static dev.migrate.verify.VerifiedProject.id;
import static dev.migrate.verify.VerifiedProject.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import dev.migrate.verify.CheckResult.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Verifying again")
class IncrementalIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("costs nothing when nothing has changed, and one proof when one revision was added")
  void incremental() {
    VerifiedProject project = VerifiedProject.sound(folder).onOwnServers().skip("model");
    assertThat(project.verify().fine()).isTrue();
    assertThat(project.walked()).hasSize(5);
    assertThat(folder.resolve(".migrate/.gitignore")).hasContent("*");

    Verification again = project.verify();
    assertThat(again.upToDate()).isTrue();
    assertThat(again.fine()).isTrue();
    assertThat(again.of(Check.MODEL).status()).isEqualTo(Status.SKIPPED);
    assertThat(project.walked()).isEmpty();

    project.revision(6, "5", "create table more (id int);", "drop table more;");
    Verification added = project.verify();
    assertThat(added.fine()).isTrue();
    assertThat(project.walked()).containsExactly(id(6));
    assertThat(added.of(Check.REVERSIBLE).summary()).contains("5 of them proven before");
    assertThat(added.of(Check.DATA).summary()).contains("5 of them proven before");

    replace(project.downgradeOf(5), "drop owner;", "drop owner; -- and nothing else");
    Verification edited = project.verify();
    assertThat(edited.fine()).isTrue();
    assertThat(edited.of(Check.REPLAY).summary()).contains("replayed before");
    assertThat(edited.of(Check.REVERSIBLE).summary()).contains("4 of them proven before");
    assertThat(edited.of(Check.DATA).summary()).contains("6 of them proven before");
  }

  @Test
  @DisplayName("never forgets a finding: what failed is looked at again")
  void failuresAreNotKept() {
    VerifiedProject project =
        VerifiedProject.sound(folder)
            .skip("model", "commute", "data")
            .revision(6, "5", "create table more (id int);", "-- nothing")
            .revision(7, "6", "create table most (id int);", "drop table most;");
    assertThat(project.verify().fine()).isFalse();
    Verification again = project.verify();
    assertThat(again.upToDate()).isFalse();
    assertThat(again.of(Check.REVERSIBLE).findings()).hasSize(1);
    assertThat(again.of(Check.REVERSIBLE).summary()).contains("5 of them proven before");
  }

  @Test
  @DisplayName("looks at the target anew, and names what is pending there without failing")
  void targetIsNeverKept() {
    VerifiedProject project = VerifiedProject.sound(folder).skip("commute", "data", "reversible");
    try (ScratchDatabase database = TestPostgres.database("pending")) {
      project.target(database);
      Verification first = project.verify();
      assertThat(first.of(Check.TARGET).status()).isEqualTo(Status.PASSED);
      assertThat(first.of(Check.TARGET).notes())
          .singleElement()
          .asString()
          .contains("Pending: " + id(1));
      VerifiedProject.execute(database, "create table strange (id int)");
      Verification second = project.verify();
      assertThat(second.upToDate()).isTrue();
      assertThat(second.of(Check.TARGET).status()).isEqualTo(Status.FAILED);
      assertThat(second.fine()).isFalse();
    }
  }
}
