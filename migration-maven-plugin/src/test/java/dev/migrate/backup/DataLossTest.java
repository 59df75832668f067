package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A script")
class DataLossTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table t",
        "DROP TABLE IF EXISTS app.t CASCADE",
        "drop schema app",
        "drop type mood",
        "drop view v cascade",
        "alter table t drop column c",
        "alter table t drop c",
        "alter table only \"drop\" drop if exists c",
        "alter table t alter column c type int using c::int",
        "alter table t alter c set data type int",
        "alter type t drop attribute a",
        "truncate t",
        "delete from t where id = 1",
        "update t set a = 1",
        "with x as (select 1) update t set a = 1",
        "merge into t using s on true when matched then delete",
        "insert into t values (1) on conflict (id) do update set a = 2",
        "do $$ begin delete from t; end $$",
        "do $x$ begin execute 'drop table t'; end $x$",
        "call clean_up()",
        "insert into t values ('C:\\temp\\') on conflict (id) do update set p = 'C:\\'",
        "do 'begin delete from t; end'",
        "do $$ begin perform purge(); end $$",
        "select app.purge_old_rows()",
        "select lo_unlink(1234)",
        "execute prepared"
      })
  @DisplayName("can lose data")
  void loses(String sql) {
    assertThat(DataLoss.in(sql + ";", List.of(sql))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table t (c text default 'drop table t')",
        "create index concurrently i on t (c)",
        "alter table t add column c int",
        "alter table t drop constraint c",
        "alter table t alter column c drop default",
        "alter table t alter column c drop not null",
        "alter table t rename to \"drop table\"",
        "drop index i",
        "drop view v",
        "create function f() returns void language sql as $$ delete from t $$",
        "insert into t values (1)",
        "comment on table t is 'delete from t'",
        "alter type mood add value 'drop'",
        "do $$ begin raise notice 'hello'; end $$",
        "select pg_catalog.setval('s', (select coalesce(max(id), 1) from t))",
        "select count(*) from t where (a or b)",
        "insert into t values (E'it\\'s; delete from t')",
        "create trigger x before update or delete on t for each row execute function f()"
      })
  @DisplayName("loses nothing")
  void losesNothing(String sql) {
    assertThat(DataLoss.in(sql + ";", List.of(sql))).isEmpty();
  }

  @Test
  @DisplayName("may hold a text as long as a file")
  void longText() {
    String insert = "insert into t values ('" + "it''s ".repeat(500_000) + "')";
    assertThat(DataLoss.in(insert + ";", List.of(insert))).isEmpty();
    String doing = insert + " on conflict do update set a = 1";
    assertThat(DataLoss.in(doing + ";", List.of(doing))).isPresent();
  }

  @Test
  @DisplayName("that was generated says so itself")
  void marked() {
    assertThat(DataLoss.in("-- LOSES DATA: the column t.c.\nselect 1;", List.of("select 1")))
        .contains("the column t.c.");
  }
}
