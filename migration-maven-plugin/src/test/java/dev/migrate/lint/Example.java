package dev.migrate.lint;

import static dev.migrate.lint.Rule.*;

import java.util.List;

/**
 * A script that breaks a rule, and one that reaches the same, or nearly so, without breaking it.
 * Both come after {@link #BEFORE}.
 */
record Example(Rule rule, String firing, String quiet) {
  /** What is there before: tables in use. */
  static final String BEFORE =
      """
      create type grade as enum ('good', 'bad');
      create schema archive;
      create table site (id bigint generated always as identity primary key, name text not null);
      create table thing (
        id bigint generated always as identity primary key,
        site_id bigint, code varchar(10), size int, grade grade, bought date, period int4range,
        code_seen text, noticed timestamp, constraint code_there check (code_seen is not null));
      create index thing_code on thing (code);
      create unique index thing_size on thing (size);
      create table log (id bigint not null, day date not null) partition by range (day);
      create table log_2026 partition of log for values from ('2026-01-01') to ('2027-01-01');
      create index log_day on log (day);
      create table log_2027 (id bigint not null, day date not null);
      create table log_2028 (id bigint not null, day date not null,
        constraint in_2028 check (day >= '2028-01-01' and day < '2029-01-01'));
      create index log_2028_day on log_2028 (day);
      create materialized view totals as select site_id, count(*) from thing group by site_id;
      create unique index totals_site on totals (site_id);
      create view names as select name from site;
      create function slow() returns text language sql volatile as 'select clock_timestamp()::text';
      """;

  private static final String TIMEOUT = "set lock_timeout = '5s';\n";
  private static final String ALONE =
      "-- Step\n-- revision: 20260101000002\n-- revises: 20260101000001\n-- transaction: none\n\n";

  static List<Example> all() {
    return List.of(
        of(
            INDEX_NOT_CONCURRENT,
            "create index on thing (bought);",
            "create index concurrently on thing (bought);"),
        of(
            INDEX_ON_PARTITIONED,
            "create index on log (day);",
            TIMEOUT + "create index on only log (day);"),
        of(
            INDEX_ON_PARTITIONED,
            ALONE + "create index concurrently on log (day);",
            ALONE + "create index concurrently on log_2026 (day);"),
        of(
            PARTITIONED_INDEX_UNCHECKED,
            "create index whole on only log (day); create index part on log_2026 (day);"
                + " alter index whole attach partition part;",
            "create index whole on only log (day); create index part on log_2026 (day);"
                + " alter index whole attach partition part; do $$ begin if exists (select from"
                + " pg_index where indexrelid = 'whole'::regclass and not indisvalid) then raise"
                + " 'whole is not valid'; end if; end $$;"),
        of(
            PARTITIONED_INDEX_UNCHECKED,
            "alter table only log add constraint once unique (id, day);",
            "create table fresh (id int) partition by list (id); create index on only fresh (id);"),
        of(
            IF_NOT_EXISTS_CONCURRENTLY,
            ALONE + "create index concurrently if not exists fresh on thing (bought);",
            ALONE
                + "drop index concurrently if exists fresh;\n"
                + "create index concurrently if not exists fresh on thing (bought);"),
        of(DROP_INDEX_OF_PARTITIONED, "drop index log_day;", TIMEOUT + "drop index log_day;"),
        of(
            DROP_INDEX_OF_PARTITIONED,
            ALONE + "drop index concurrently log_day;",
            ALONE + "drop index concurrently thing_code;"),
        of(
            UNIQUE_ON_PARTITIONED,
            "alter table log add constraint once unique (id, day);",
            TIMEOUT + "alter table only log add constraint once unique (id, day);"),
        of(
            ATTACH_SCANS,
            "alter table log attach partition log_2027 for values from ('2027-01-01') to"
                + " ('2028-01-01');",
            "alter table log attach partition log_2028 for values from ('2028-01-01') to"
                + " ('2029-01-01');"),
        of(
            SESSION_TIME_ZONE,
            "alter table thing alter noticed type timestamptz;",
            "alter table thing alter noticed type timestamptz using noticed at time zone 'UTC';"),
        of(
            SESSION_TIME_ZONE,
            "alter table thing alter bought type timestamptz;",
            "set local timezone = 'Europe/Berlin'; alter table thing alter bought type timestamptz;"),
        of(
            SESSION_TIME_ZONE,
            "alter table thing add made timestamp default now();",
            "alter table thing add made timestamptz default now();"),
        of(
            INDEX_NOT_CONCURRENT,
            "create unique index if not exists totals_2 on totals (site_id, count);",
            "create table fresh (id bigint); create index on fresh (id);"),
        of(
            DROP_INDEX_NOT_CONCURRENT,
            "drop index thing_code;",
            "drop index concurrently thing_code;"),
        of(REINDEX_NOT_CONCURRENT, "reindex table thing;", "reindex table concurrently thing;"),
        of(
            CONSTRAINT_WITHOUT_NOT_VALID,
            "alter table thing add foreign key (site_id) references site;",
            "alter table thing add foreign key (site_id) references site not valid;"),
        of(
            CONSTRAINT_WITHOUT_NOT_VALID,
            "alter table thing add check (size > 0);",
            "alter table thing add check (size > 0) not valid;"),
        of(
            CONSTRAINT_WITHOUT_NOT_VALID,
            "alter table thing add amount int check (amount > 0);",
            "alter table thing add place_id bigint references site;"),
        of(
            CONSTRAINT_WITHOUT_NOT_VALID,
            "alter table public.thing add constraint size_there check (size is not null);",
            "create table fresh (a int); alter table fresh add check (a > 0);"),
        of(
            CONSTRAINT_WITHOUT_NOT_VALID,
            "alter table thing add place_id bigint default 1 references site;",
            "alter table thing add place_id bigint references site, alter code set not null;"),
        of(
            UNIQUE_NOT_THROUGH_INDEX,
            "alter table thing add unique (code);",
            "alter table thing add constraint size_once unique using index thing_size;"),
        of(
            UNIQUE_NOT_THROUGH_INDEX,
            "alter table thing add tag text unique;",
            "alter table thing add tag text;"),
        of(
            UNIQUE_NOT_THROUGH_INDEX,
            "alter table only log_2026 add primary key (id);",
            "create table fresh (id bigint); alter table fresh add primary key (id);"),
        of(
            EXCLUSION_CONSTRAINT,
            "alter table thing add exclude using gist (period with &&);",
            "create table fresh (period int4range, exclude using gist (period with &&));"),
        of(
            VALIDATE_WITH_NOT_VALID,
            "alter table thing add constraint positive check (size > 0) not valid;"
                + " alter table thing validate constraint positive;",
            ALONE
                + "alter table thing add constraint positive check (size > 0) not valid;"
                + " alter table thing validate constraint positive;"),
        of(
            SET_NOT_NULL,
            "alter table thing alter code set not null;",
            "alter table thing alter code_seen set not null;"),
        of(
            SET_NOT_NULL,
            "alter table thing add constraint one primary key using index thing_size;",
            "create table fresh (a int); alter table fresh alter a set not null;",
            "alter table thing drop constraint thing_pkey;"),
        of(
            REQUIRED_COLUMN,
            "alter table thing add tag text not null;",
            "alter table thing add tag text not null default 'none';"),
        of(
            VOLATILE_DEFAULT,
            "alter table thing add tag text default slow();",
            "alter table thing add seen timestamptz default now();"),
        of(
            VOLATILE_DEFAULT,
            "alter table thing add number bigint generated always as identity;",
            "alter table thing add number bigint;"),
        of(
            VOLATILE_DEFAULT,
            "alter table thing add twice int generated always as (size * 2) stored;",
            "alter table thing add twice int generated always as (size * 2) virtual;"),
        of(
            TYPE_CHANGE_REWRITES,
            "alter table thing alter size type bigint;",
            "alter table thing alter code type varchar(20);"),
        of(
            TYPE_CHANGE_REWRITES,
            "alter table thing alter code type int using size;",
            "alter table thing alter code type text;"),
        of(
            TABLE_REWRITE,
            "alter table site set unlogged;",
            "alter table site set (fillfactor = 70);"),
        of(
            TABLE_REWRITE,
            "do $$ begin alter table thing alter size type bigint; end $$;",
            "do $$ begin alter table thing alter code type text; end $$;"),
        of(
            SCAN_UNDER_LOCK,
            "do $$ begin alter table thing add check (size > 0); end $$;",
            "do $$ begin perform count(*) from thing; end $$;"),
        of(
            ROWS_CHANGED_UNDER_LOCK,
            "alter table thing add tag text; update thing set tag = code where tag is null;",
            "update thing set code = 'x' where code is null; alter table thing add tag text;"),
        of(
            ROWS_CHANGED_UNDER_LOCK,
            "alter table thing add tag text; insert into site (name) select code from thing;",
            "alter table thing add tag text; insert into site (name) values ('home');"),
        of(
            WHOLE_TABLE_UPDATE,
            "update thing set code = upper(code);",
            "update thing set code = upper(code) where id between 1 and 10000;"),
        of(
            WHOLE_TABLE_UPDATE,
            "delete from thing where true;",
            "create table fresh (a int); delete from fresh;"),
        of(
            MISSING_LOCK_TIMEOUT,
            "alter table thing add tag text;",
            TIMEOUT + "alter table thing add tag text;"),
        of(
            MISSING_LOCK_TIMEOUT,
            "alter table thing add tag text;",
            "create table fresh (a int); alter table fresh add b int;"),
        of(
            RENAME_TABLE,
            "alter table thing rename to item;",
            "alter index thing_code rename to item_code;"),
        of(
            RENAME_TABLE,
            "alter table thing set schema archive;",
            "create schema other; alter schema other rename to another;"),
        of(
            RENAME_TABLE,
            "alter schema archive rename to old;",
            "alter view names owner to current_user;"),
        of(
            RENAME_COLUMN,
            "alter table thing rename size to extent;",
            "create table fresh (a int); alter table fresh rename a to b;"),
        of(
            RENAME_ENUM_VALUE,
            "alter type grade rename value 'bad' to 'poor';",
            "create type colour as enum ('red'); alter type colour rename value 'red' to 'blue';"),
        of(
            DROP_COLUMN,
            "alter table thing drop size;",
            "create table fresh (a int, b int); alter table fresh drop b;"),
        of(
            DROP_TABLE,
            "drop table if exists thing cascade;",
            "create table fresh (a int); drop table fresh;"),
        of(
            DROP_TABLE,
            "drop view names;",
            "drop view names; create view names as select name, id from site;"),
        of(DROP_TABLE, "drop schema archive;", "create schema other; drop schema other;"),
        of(
            DROP_CASCADE,
            "drop table site cascade;",
            "create table fresh (a int); drop table fresh cascade;"),
        of(DROP_CASCADE, "drop type grade cascade;", "drop function slow();"),
        of(
            DROP_CASCADE,
            "alter table site drop column name cascade;",
            "alter table thing drop constraint code_there;"),
        of(TRUNCATE, "truncate thing;", "create table fresh (a int); truncate fresh;"),
        of(
            ENUM_VALUE_IN_SAME_TRANSACTION,
            "alter type grade add value 'worst'; alter table thing alter grade set default 'worst';",
            "alter type grade add value 'worst';"),
        of(
            CONCURRENTLY_IN_TRANSACTION,
            ALONE + "begin; create index concurrently on thing (bought); commit;",
            ALONE + "begin; alter table thing add tag text; commit;"),
        of(
            MIXED_TRANSACTION,
            "alter table thing add tag text; create index concurrently on thing (bought);",
            ALONE
                + "alter table thing add if not exists tag text;"
                + " create index concurrently if not exists thing_bought on thing (bought);"),
        of(
            TRANSACTION_CONTROL,
            "alter table thing add tag text; commit;",
            "savepoint a; alter table thing add tag text; release a;"),
        of(
            STOPS_HALF_WAY,
            ALONE + "alter table thing add tag text; create index concurrently on thing (tag);",
            ALONE
                + "drop index concurrently if exists thing_bought;"
                + " create index concurrently thing_bought on thing (bought);"),
        of(CLUSTER_OR_VACUUM_FULL, "cluster thing using thing_code;", "analyze thing;"),
        of(CLUSTER_OR_VACUUM_FULL, "vacuum full thing;", "vacuum thing;"),
        of(
            LOCK_TABLE,
            "lock table thing in exclusive mode;",
            "lock table thing in row exclusive mode;"),
        of(
            REFRESH_NOT_CONCURRENT,
            "refresh materialized view totals;",
            "refresh materialized view concurrently totals;"),
        of(
            DETACH_NOT_CONCURRENT,
            "alter table log detach partition log_2026;",
            "alter table log detach partition log_2026 concurrently;"),
        of(
            NARROW_KEY,
            "create table fresh (id serial primary key);",
            "create table fresh (id bigserial primary key, size int);"),
        of(
            NARROW_KEY,
            "create table fresh (id int generated always as identity);",
            "create table fresh (id bigint generated always as identity);"),
        of(JSON_COLUMN, "create table fresh (a json);", "create table fresh (a jsonb);"),
        of(
            SUPPRESSION_WITHOUT_REASON,
            "-- lint:ignore drop-column\nalter table thing drop size;",
            "-- lint:ignore drop-column: nobody reads it\nalter table thing drop size;"),
        of(
            SUPPRESSION_OF_UNKNOWN_RULE,
            "-- lint:ignore drop-colum: nobody reads it\nalter table thing drop size;",
            "-- lint:ignore drop-column: nobody reads it\nalter table thing drop size;"),
        of(
            SUPPRESSION_UNUSED,
            "-- lint:ignore drop-table: nobody reads it\nalter table thing drop size;",
            "-- lint:ignore drop-column: nobody reads it\nalter table thing drop size;"));
  }

  private static Example of(Rule rule, String firing, String quiet) {
    return new Example(rule, firing, quiet);
  }

  private static Example of(Rule rule, String firing, String quiet, String first) {
    return new Example(rule, first + "\n" + firing, quiet);
  }

  @Override
  public String toString() {
    return rule.label() + ": " + firing.lines().reduce((a, b) -> b).orElse("");
  }
}
