package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rows that are made up")
class LaterCastsIT {
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "hold what later scripts take their texts for, and documents that generated columns read")
  void casts() {
    Verification found =
        new VerifiedProject(folder)
            .revision(
                1,
                "none",
                """
                create table old (id int primary key, u text not null, t varchar(30), d varchar(10), n text,
                  j text, b text, i text, a text, h text);
                create table doc (id int primary key, body jsonb not null,
                  name text generated always as (body ->> 'name') stored not null,
                  size int generated always as ((body ->> 'size')::int) stored not null);
                """,
                "drop table doc; drop table old;")
            .revision(
                2,
                "1",
                """
                alter table old
                  alter u type uuid using u::uuid,
                  alter t type timestamptz using t::timestamptz,
                  alter d type date using d::date,
                  alter n type numeric using n::numeric,
                  alter j type jsonb using j::jsonb,
                  alter b type boolean using b::boolean,
                  alter i type interval using i::interval,
                  alter a type inet using a::inet,
                  alter h type time using h::time;
                create index on doc (name);
                """,
                "-- downgrade: none")
            .skip("model", "reversible", "files")
            .verify();
    CheckResult data = found.of(Check.DATA);
    assertThat(data.findings()).isEmpty();
    assertThat(data.notes()).isEmpty();
  }

  @Test
  @DisplayName(
      "are written anew where they are when a script cannot read them, in place of all again")
  void written() {
    VerifiedProject project = new VerifiedProject(folder);
    for (int table = 0; table < 6; table++) {
      project
          .revision(
              2 * table + 1,
              table == 0 ? "none" : String.valueOf(2 * table),
              "create table t%1$d (id int primary key, u text not null unique, at varchar(30));"
                  .formatted(table),
              "drop table t%1$d;".formatted(table))
          .revision(
              2 * table + 2,
              String.valueOf(2 * table + 1),
              "alter table t%1$d alter u type uuid using u::uuid, alter at type timestamptz using at::timestamptz;"
                  .formatted(table),
              "alter table t%1$d alter u type text, alter at type varchar(30);".formatted(table));
    }
    Verification found = project.skip("model", "reversible", "replay", "commute").verify();
    assertThat(found.of(Check.DATA).findings()).isEmpty();
    assertThat(project.ran()).isEqualTo(12);
  }

  @Test
  @DisplayName(
      "are made again from the first when they were copied, or a check wants them as they are")
  void copied() {
    Verification found =
        new VerifiedProject(folder)
            .revision(
                1,
                "none",
                """
                create table a (id int primary key, t text not null);
                create table b (id int primary key, t text not null);
                create table c (id int primary key, n text not null);
                """,
                "drop table c; drop table b; drop table a;")
            .revision(
                2,
                "1",
                "alter table b add copied text; update b set copied = a.t from a;"
                    + " create function still() returns trigger language plpgsql as $$ begin raise 'no update'; end $$;"
                    + " create trigger still before update on c for each row execute function still();",
                "drop trigger still on c; drop function still; alter table b drop copied;")
            .revision(
                3,
                "2",
                "alter table b alter copied type timestamp using copied::timestamp;",
                "alter table b alter copied type text;")
            .revision(
                4,
                "3",
                "alter table c alter n type uuid using n::uuid;",
                "alter table c alter n type text;")
            .revision(
                5,
                "4",
                "alter table a alter t type int using ('x' || t)::int;",
                "alter table a alter t type text;")
            .skip("model", "reversible")
            .verify();
    assertThat(found.of(Check.DATA).findings())
        .extracting(CheckFinding::subject)
        .containsExactly(VerifiedProject.id(5));
  }

  @Test
  @DisplayName("are said once to be missing, for how many tables, and why")
  void saidOnce() {
    Verification found =
        new VerifiedProject(folder)
            .revision(
                1,
                "none",
                "create table a (id int primary key); create table never (id int check (false));",
                "drop table never; drop table a;")
            .revision(2, "1", "alter table never add x int;", "alter table never drop x;")
            .revision(3, "2", "alter table never add y int;", "alter table never drop y;")
            .skip("model")
            .verify();
    assertThat(found.of(Check.DATA).notes())
        .singleElement()
        .asString()
        .startsWith("Rows were made up for 1 of 2 tables; without: public.never (");
  }
}
