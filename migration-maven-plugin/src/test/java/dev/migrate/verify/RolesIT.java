package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.verify.CheckResult.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Roles belong to the server, and the checks have several databases on one. That a role which is
 * left behind is found out is one of the {@link PlantedFaultsIT}.
 */
@DisplayName("Revisions about roles")
class RolesIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("that create, use and drop them hold, and again in the next run")
  void createdAndDropped() {
    VerifiedProject project =
        new VerifiedProject(folder)
            .onOwnServers()
            .skip("model")
            .revision(1, "none", "create table one (id int);", "drop table one;")
            .revision(
                2,
                "1",
                "create role reader nologin; grant select on one to reader;",
                "revoke select on one from reader; drop role reader;")
            .revision(
                3,
                "2",
                "alter role reader set statement_timeout = '5s'; set role reader; reset role;",
                "alter role reader reset all;");
    assertAllFine(project.verify());

    project.revision(4, "3", "create table two (id int);", "drop table two;");
    Verification second = project.verify();
    assertAllFine(second);
    assertThat(second.of(Check.REVERSIBLE).summary()).contains("3 of them proven before");
  }

  @Test
  @DisplayName("that use roles which are made by somebody else hold, too")
  void madeElsewhere() {
    VerifiedProject project =
        new VerifiedProject(folder)
            .onOwnServers()
            .skip("model")
            .revision(
                1,
                "none",
                "create table one (id int); grant select on one to made_by_the_administrator;",
                "drop table one;");
    assertAllFine(project.verify());
  }

  private static void assertAllFine(Verification found) {
    assertThat(found.results())
        .allSatisfy(result -> assertThat(result.fine()).as("%s", result).isTrue());
    assertThat(found.of(Check.REVERSIBLE).status()).isEqualTo(Status.PASSED);
    assertThat(found.of(Check.DATA).status()).isEqualTo(Status.PASSED);
  }
}
