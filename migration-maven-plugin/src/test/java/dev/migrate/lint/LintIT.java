package dev.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Lint")
class LintIT {
  private static final String TABLE = "create table thing (id bigint, code text);";

  @TempDir private Path folder;

  private LintedProject project() {
    return new LintedProject(folder);
  }

  private static List<String> places(LintedScript script) {
    List<String> places = new ArrayList<>();
    script
        .findings()
        .forEach(
            one ->
                places.add(
                    "%d:%d %s %s"
                        .formatted(
                            one.place().line(),
                            one.place().column(),
                            one.rule().label(),
                            one.subject())));
    return places;
  }

  @Test
  @DisplayName("says file, line and column, of the command in a long statement, whatever is before")
  void places() {
    LintedScript script =
        project()
            .script(TABLE)
            .script(
                """
                -- größer 📏
                set lock_timeout = '1s';

                comment on table thing is 'ü; 📏'; /* ü */ alter table thing
                  alter id type bigint,
                  alter code set not null;
                  create index on thing (id);
                alter table thing add "ä" text, add number int not null;
                """)
            .last();
    assertThat(places(script))
        .containsExactly(
            "4:44 set-not-null public.thing.code",
            "7:3 index-not-concurrent public.thing",
            "8:37 required-column public.thing.number");
    assertThat(script.findings().get(0).place().file())
        .isEqualTo("src/main/resources/db/migration/V20260101000002__step.sql");
  }

  @Test
  @DisplayName("checks what speaks of parts of a table by the names of schema, table and part")
  void partsOfTables() {
    LintedScript script =
        project()
            .script(TABLE + "alter table thing add constraint code_known check (code <> '');")
            .script(
                """
                comment on column public.thing.code is 'x';
                comment on constraint code_known on public.thing is 'y';
                create index on public.thing (code);
                """)
            .last();
    assertThat(script.notChecked()).isEmpty();
    assertThat(places(script))
        .containsExactly(
            "3:1 index-not-concurrent public.thing", "3:1 missing-lock-timeout public.thing");
  }

  @Test
  @DisplayName("never passes a statement that the parser does not know, also if PostgreSQL runs it")
  void unknownToTheParser() {
    LintResult linted =
        project()
            .withParserThatDoesNotKnow("comment on")
            .script(TABLE)
            .script("comment on table thing is 'x';\nalter table thing rename to item;")
            .lint();
    LintedScript script = linted.scripts().get(1);
    assertThat(script.notChecked()).hasSize(1);
    assertThat(script.notChecked().get(0).reason())
        .isEqualTo("the parser does not know it: syntax error at or near \"comment on\"");
    assertThat(places(script)).contains("2:1 rename-table public.thing");
    assertThatThrownBy(() -> linted.require(Severity.ERROR))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.LINT_FAILED);
              assertThat(e.problem())
                  .endsWith(
                      "1 error, 1 statement not checked; the first at"
                          + " src/main/resources/db/migration/V20260101000002__step.sql:1:1.");
            });
  }

  @Test
  @DisplayName("names as not checked what PostgreSQL refuses, and everything that is not reached")
  void refused() {
    LintResult linted =
        project()
            .script(TABLE)
            .script("alter table thing add a int;\nalter tabel thing add b int;\nselect 1;")
            .script("drop table thing;")
            .lint();
    assertThat(linted.notChecked())
        .extracting(one -> one.place().line() + ": " + one.reason())
        .containsExactly(
            "2: PostgreSQL refused it on scratch: syntax error at or near \"tabel\"",
            "3: not reached, since a statement before it failed",
            "1: not reached, since revision 20260101000002 (step) does not run");
    assertThat(linted.findings())
        .extracting(finding -> finding.rule().label())
        .containsExactly("missing-lock-timeout");
    assertThatThrownBy(() -> linted.require(Severity.ERROR))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("in use cannot be said: 3 statements not checked; the first at");
  }

  @Test
  @DisplayName("goes on after an enum value that was used too early")
  void goesOnAfterEnum() {
    LintResult linted =
        project()
            .script("create type grade as enum ('a'); create table thing (grade grade);")
            .script(
                "alter type grade add value 'b'; insert into thing values ('b');"
                    + " alter table thing rename to item;")
            .script("alter table item rename to thing;")
            .lint();
    assertThat(linted.notChecked()).isEmpty();
    assertThat(places(linted.scripts().get(1)))
        .contains("1:33 enum-value-in-same-transaction ", "1:65 rename-table public.thing");
    assertThat(LintedProject.rules(linted.scripts().get(2))).contains("rename-table");
  }

  @Test
  @DisplayName("does not count as in use what the same deployment creates")
  void together() {
    LintedProject project =
        project()
            .script("create table old (id bigint);")
            .script("create type colour as enum ('red'); create table fresh (id bigint);")
            .script(
                "create index on fresh (id); alter table fresh rename to fresher;"
                    + " alter type colour rename value 'red' to 'blue'; create index on old (id);");
    LintedScript asOne = project.lintAfter(1).scripts().get(1);
    assertThat(asOne.findings())
        .filteredOn(one -> one.rule() != Rule.MISSING_LOCK_TIMEOUT)
        .extracting(Finding::subject)
        .containsExactly("public.old");
    assertThat(LintedProject.rules(project.last()))
        .contains("index-not-concurrent", "rename-table", "rename-enum-value");
  }

  @Test
  @DisplayName("makes the roles that scripts expect")
  void roles() {
    LintedScript script =
        project()
            .onOwnServers()
            .script(TABLE)
            .script("grant select on thing to lint_reader; create index on thing (id);")
            .last();
    assertThat(script.notChecked()).isEmpty();
    assertThat(LintedProject.rules(script)).contains("index-not-concurrent");
  }

  @Test
  @DisplayName("fails for errors, for warnings too if asked, and for nothing else")
  void severities() {
    LintResult note = project().script("create table thing (id serial);").lint();
    note.require(Severity.WARNING);
    assertThat(note.count(Severity.NOTE)).isEqualTo(1);
    LintResult warning =
        new LintedProject(folder.resolve("w")).script(TABLE).script("drop table thing;").lint();
    warning.require(Severity.ERROR);
    assertThatThrownBy(() -> warning.require(Severity.WARNING))
        .hasMessageContaining("1 warning; the first at");
  }

  @Test
  @DisplayName(
      "finds in the asset tracker what is there and silenced with a reason, and nothing else")
  void assetTracker() {
    LintResult linted = LintedProject.assetTracker().lint();
    assertThat(linted.notChecked()).isEmpty();
    assertThat(linted.findings()).extracting(Finding::rule).containsOnly(Rule.MISSING_LOCK_TIMEOUT);
    assertThat(linted.scripts().stream().flatMap(script -> script.suppressed().stream()))
        .extracting(one -> one.finding().rule())
        .contains(Rule.CONSTRAINT_WITHOUT_NOT_VALID, Rule.INDEX_NOT_CONCURRENT)
        .containsOnly(
            Rule.CONSTRAINT_WITHOUT_NOT_VALID, Rule.INDEX_NOT_CONCURRENT, Rule.VOLATILE_DEFAULT);
  }

  @Test
  @DisplayName("finds in a history like that of the benchmarks what is there, and nothing else")
  void benchmarkHistory() {
    LintedProject project = project();
    for (int table = 1; table <= 8; table++) {
      project.script(
          ("create table thing_%d (id bigint generated always as identity primary key,"
                  + " name text not null unique, size int check (size > 0)%s);"
                  + " create index on thing_%d (name);")
              .formatted(
                  table,
                  table == 1 ? "" : ", before bigint references thing_" + (table - 1),
                  table));
      project.script(
          "alter table thing_%d add note text; create index on thing_%d (note);"
              .formatted(table, table));
    }
    LintResult linted = project.lint();
    assertThat(linted.notChecked()).isEmpty();
    assertThat(counts(linted))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("index-not-concurrent", 8, "missing-lock-timeout", 15));
  }

  private static Map<String, Integer> counts(LintResult linted) {
    Map<String, Integer> counts = new TreeMap<>();
    linted.findings().forEach(one -> counts.merge(one.rule().label(), 1, Integer::sum));
    return counts;
  }

  @Test
  @DisplayName("reads what a block does that commits, and says so when it cannot")
  void blocksThatCommit() {
    String none =
        "-- Fill\n-- revision: 2026010100000%d\n-- revises: 2026010100000%d\n-- transaction: none\n\n";
    LintResult linted =
        project()
            .script(TABLE + " create procedure work() language sql as 'select 1';")
            .script(
                none.formatted(2, 1)
                    + "do $$ begin for i in 1..2 loop update thing set code = 'x' where id = i;"
                    + " commit; end loop; end $$;")
            .script(
                none.formatted(3, 2) + "do $$ begin update thing set code = 'x'; commit; end $$;")
            .script(
                none.formatted(4, 3)
                    + "do $$ begin execute 'update thing set code = null'; commit; end $$;")
            .script(none.formatted(5, 4) + "call work();")
            .script(
                none.formatted(6, 5)
                    + "do $$ begin execute 'alter table thing alter id type int'; end $$;")
            .lint();
    assertThat(linted.scripts())
        .extracting(LintedProject::rules)
        .containsExactly(
            List.of(),
            List.of(),
            List.of("whole-table-update"),
            List.of(),
            List.of(),
            List.of("table-rewrite", "missing-lock-timeout"));
    assertThat(linted.notChecked())
        .extracting(NotChecked::reason)
        .containsExactly(
            "a block that ends transactions is not watched, and this one runs what cannot be"
                + " read in it (EXECUTE or CALL)",
            "a procedure outside a transaction can be neither read nor watched");
  }

  @Test
  @DisplayName("never passes a block that commits and calls what nobody has watched")
  void callsInBlocksThatCommit() {
    String none =
        "-- Fill\n-- revision: 2026010100000%d\n-- revises: 2026010100000%d\n-- transaction: none\n\n";
    List<String> bodies =
        List.of(
            "perform work(); commit;",
            "n := work(); commit;",
            "if work() > 0 then commit; end if; commit;",
            "for r in select public.work() loop commit; end loop;",
            "update thing set id = work() where id = 0; commit;",
            "call job(); commit;",
            "perform pg_sleep(0), still(1); n := still(2) + 1; commit;");
    LintedProject project =
        project()
            .script(
                TABLE
                    + " create function work() returns int language plpgsql as"
                    + " 'begin update thing set code = null; return 1; end';"
                    + " create function still(int) returns int immutable language sql as 'select $1';"
                    + " create procedure job() language sql as 'update thing set code = null';");
    for (int i = 0; i < bodies.size(); i++) {
      project.script(
          none.formatted(i + 2, i + 1)
              + "do $$ declare n int; r record; begin "
              + bodies.get(i)
              + " end $$;");
    }
    String calls =
        "a block that ends transactions is not watched, and this one calls public.work, which can"
            + " do anything";
    assertThat(project.lint().scripts().subList(1, bodies.size() + 1))
        .extracting(
            script -> script.notChecked().stream().map(NotChecked::reason).distinct().toList())
        .containsExactly(
            List.of(calls),
            List.of(calls),
            List.of(calls),
            List.of(calls),
            List.of(calls),
            List.of(
                "a block that ends transactions is not watched, and this one runs what cannot be"
                    + " read in it (EXECUTE or CALL)"),
            List.of());
  }

  @Test
  @DisplayName("has nothing to say of the form that runs under load")
  void onlineForm() {
    LintResult linted =
        project()
            .script(
                "create table site (id bigint primary key);"
                    + " create table thing (id bigint, site_id bigint, code text);")
            .script("set lock_timeout = '5s'; alter table thing add tag text;")
            .script("set lock_timeout = '5s'; alter table thing alter tag set default 'none';")
            .script("create index concurrently thing_code on thing (code);")
            .script("create unique index concurrently thing_id on thing (id);")
            .script(
                "set lock_timeout = '5s'; alter table thing"
                    + " add constraint id_once unique using index thing_id,"
                    + " add constraint site_there foreign key (site_id) references site not valid,"
                    + " add constraint code_there check (code is not null) not valid;")
            .script(
                "alter table thing validate constraint site_there;"
                    + " alter table thing validate constraint code_there;")
            .script(
                "set lock_timeout = '5s'; alter table thing alter code set not null;"
                    + " alter table thing drop constraint code_there;")
            .script("drop index concurrently thing_code;")
            .lint();
    assertThat(linted.findings()).isEmpty();
    assertThat(linted.notChecked()).isEmpty();
  }
}
