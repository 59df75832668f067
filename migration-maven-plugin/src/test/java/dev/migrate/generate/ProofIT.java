package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.diff.Change;
import dev.migrate.introspect.Scope;
import dev.migrate.observe.Observation;
import dev.migrate.observe.Observation.TableLock;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A proof")
class ProofIT {
  private static final Scope SCOPE = Scope.standard().withPrivileges(true);

  private static final String BEFORE =
      """
      create table places (id int primary key);
      create table assets (id int primary key, name text, place int, status text);
      create sequence numbers;
      create function stamp() returns trigger language plpgsql as 'begin return new; end';
      """;

  private static final String AFTER =
      """
      create type grade as enum ('good', 'fair', 'poor');
      create table places (id int primary key);
      create table assets (id int primary key, name text not null default 'thing',
        place int constraint assets_place_fkey references places on delete cascade,
        status text constraint assets_status_check check (status <> ''), grade grade);
      create index assets_name_idx on assets (name);
      comment on table assets is 'Things';
      create sequence numbers;
      alter sequence numbers owned by assets.id;
      create function stamp() returns trigger language plpgsql as 'begin return new; end';
      create trigger assets_stamp before update on assets for each row execute function stamp();
      grant select on assets to public;
      create view names as select name from assets;
      """;

  private ScratchDatabase base;
  private ScratchWorkspace workspace;
  private Schema from;
  private Schema to;

  @BeforeEach
  void load() throws SQLException {
    base = database(BEFORE);
    workspace = new ScratchWorkspace(TestPostgres.server(), base, false);
    from = workspace.read(base, SCOPE);
    try (ScratchDatabase wanted = database(AFTER)) {
      to = workspace.read(wanted, SCOPE);
    }
  }

  @AfterEach
  void drop() {
    base.close();
  }

  private static ScratchDatabase database(String sql) throws SQLException {
    ScratchDatabase database = TestPostgres.database("proof");
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return database;
  }

  private ProofResult prove(
      UnaryOperator<List<Statement>> upgrade, UnaryOperator<List<Statement>> downgrade) {
    PlanSource planner =
        (one, other, options) -> {
          Plan plan = AllRules.planner().plan(one, other, options);
          boolean up = other.has(FactId.of(Kind.INDEX, "public", "assets_name_idx"));
          return new Plan((up ? upgrade : downgrade).apply(plan.statements()));
        };
    return new Proof(workspace, SCOPE, planner).of(from, to, List.of());
  }

  @Test
  @DisplayName("passes what the planner plans")
  void right() {
    ProofResult verdict = prove(UnaryOperator.identity(), UnaryOperator.identity());
    assertThat(verdict.proven()).isTrue();
    assertThat(verdict.steps()).hasSize(1);
    assertThat(verdict.remains()).isEmpty();
    assertThat(verdict.lost()).isEmpty();
  }

  private static UnaryOperator<List<Statement>> without(String part) {
    return statements -> {
      List<Statement> kept = statements.stream().filter(one -> !one.sql().contains(part)).toList();
      assertThat(kept).as("a statement with " + part).hasSizeLessThan(statements.size());
      return kept;
    };
  }

  private static UnaryOperator<List<Statement>> instead(String part, String other) {
    return statements -> {
      List<Statement> edited = new ArrayList<>();
      for (Statement one : statements) {
        edited.add(
            one.sql().contains(part)
                ? one.doing(new Operation.Run(one.sql().replace(part, other)))
                : one);
      }
      assertThat(edited).as("a statement with " + part).isNotEqualTo(statements);
      return edited;
    };
  }

  static Stream<Arguments> wrongUpgrades() {
    return Stream.of(
        Arguments.of("an index is dropped from the plan", without("CREATE INDEX"), Kind.INDEX),
        Arguments.of("a default is forgotten", without("SET DEFAULT"), Kind.DEFAULT),
        Arguments.of("a comment is forgotten", without("COMMENT ON"), Kind.COMMENT),
        Arguments.of("a check is forgotten", without("CHECK ("), Kind.CONSTRAINT),
        Arguments.of(
            "a check is another one", instead("status <> ''", "status <> 'x'"), Kind.CONSTRAINT),
        Arguments.of("NOT NULL is forgotten", without("SET NOT NULL"), Kind.COLUMN),
        Arguments.of("a trigger is forgotten", without("CREATE TRIGGER"), Kind.TRIGGER),
        Arguments.of(
            "a trigger fires at another event",
            instead("BEFORE UPDATE", "BEFORE INSERT"),
            Kind.TRIGGER),
        Arguments.of(
            "an enum has another order", instead("'good', 'fair'", "'fair', 'good'"), Kind.ENUM),
        Arguments.of("a grant is missing", without("GRANT "), Kind.PRIVILEGE),
        Arguments.of(
            "a foreign key acts otherwise",
            instead("ON DELETE CASCADE", "ON DELETE SET NULL"),
            Kind.CONSTRAINT),
        Arguments.of(
            "a sequence gets another owner",
            instead("OWNED BY public.assets.id", "OWNED BY public.places.id"),
            Kind.SEQUENCE_OWNER),
        Arguments.of(
            "a view shows something else", instead("name\n", "status AS name\n"), Kind.VIEW),
        Arguments.of(
            "a column gets another type",
            instead("ADD COLUMN grade public.grade", "ADD COLUMN grade text"),
            Kind.COLUMN),
        Arguments.of(
            "nothing is done", (UnaryOperator<List<Statement>>) all -> List.of(), Kind.VIEW));
  }

  @ParameterizedTest(name = "fails when {0}")
  @MethodSource("wrongUpgrades")
  void wrongUpgrade(String name, UnaryOperator<List<Statement>> mistake, Kind kind) {
    ProofResult verdict = prove(mistake, UnaryOperator.identity());
    assertThat(verdict.proven()).isFalse();
    assertThat(verdict.refusal()).isEmpty();
    assertThat(verdict.remains()).extracting(Change::id).extracting(FactId::kind).contains(kind);
    assertThat(Generate.failed(verdict)).hasMessageContaining("still differs from the model");
  }

  static Stream<Arguments> wrongDowngrades() {
    return Stream.of(
        Arguments.of("leaves an index", without("DROP INDEX"), Kind.INDEX),
        Arguments.of("leaves a default", without("DROP DEFAULT"), Kind.DEFAULT),
        Arguments.of("leaves NOT NULL", without("DROP NOT NULL"), Kind.COLUMN),
        Arguments.of("leaves a comment", without("COMMENT ON"), Kind.COMMENT),
        Arguments.of("leaves a grant", without("REVOKE"), Kind.PRIVILEGE),
        Arguments.of(
            "does nothing", (UnaryOperator<List<Statement>>) all -> List.of(), Kind.TRIGGER));
  }

  @ParameterizedTest(name = "fails when the downgrade {0}")
  @MethodSource("wrongDowngrades")
  void wrongDowngrade(String name, UnaryOperator<List<Statement>> mistake, Kind kind) {
    ProofResult verdict = prove(UnaryOperator.identity(), mistake);
    assertThat(verdict.proven()).isFalse();
    assertThat(verdict.remains()).isEmpty();
    assertThat(verdict.lost()).extracting(Change::id).extracting(FactId::kind).contains(kind);
    assertThat(Generate.failed(verdict)).hasMessageContaining("After the downgrade");
  }

  @Test
  @DisplayName("names the statement that PostgreSQL refuses, in either direction")
  void refused() {
    ProofResult up = prove(instead("(status <> ''", "(statis <> ''"), UnaryOperator.identity());
    assertThat(up.refusal().orElseThrow().upgrade()).isTrue();
    assertThat(up.refusal().orElseThrow().message()).contains("column \"statis\" does not exist");
    ProofResult down =
        prove(UnaryOperator.identity(), instead("DROP INDEX public", "DROP INDEX publik"));
    assertThat(down.refusal().orElseThrow().upgrade()).isFalse();
    assertThat(Generate.failed(down)).hasMessageContaining("a statement of the downgrade");
  }

  @Test
  @DisplayName("sees the locks that statements take, and what they read and write again")
  void observes() throws SQLException {
    try (ScratchDatabase wanted =
        database(
            """
            create table places (id bigint primary key);
            create table assets (id int primary key, name text not null, place int, status text);
            create index assets_status_idx on assets (status);
            alter table assets add constraint assets_place_fkey foreign key (place) references places;
            create sequence numbers;
            create function stamp() returns trigger language plpgsql as 'begin return new; end';
            """)) {
      Schema other = workspace.read(wanted, SCOPE);
      ProofResult verdict =
          new Proof(workspace, SCOPE, AllRules.planner()::plan).of(from, other, List.of());
      assertThat(verdict.proven()).isTrue();
      List<ObservedStatement> up = verdict.steps().get(0).up();
      Observation type = seen(up, "TYPE bigint");
      assertThat(type.rewritten()).containsExactly("public.places");
      assertThat(type.locks()).containsEntry("public.places", TableLock.ACCESS_EXCLUSIVE);
      Observation notNull = seen(up, "SET NOT NULL");
      assertThat(notNull.rewritten()).isEmpty();
      assertThat(notNull.scanned()).containsExactly("public.assets");
      assertThat(notNull.failsOnRows())
          .hasValueSatisfying(message -> assertThat(message).contains("contains null values"));
      Observation index = seen(up, "CREATE INDEX");
      assertThat(index.locks()).containsOnly(java.util.Map.entry("public.assets", TableLock.SHARE));
      Observation key = seen(up, "FOREIGN KEY");
      assertThat(key.locks())
          .containsEntry("public.assets", TableLock.SHARE_ROW_EXCLUSIVE)
          .containsEntry("public.places", TableLock.SHARE_ROW_EXCLUSIVE);
      assertThat(statement(up, "TYPE bigint").hazards())
          .contains(
              new Hazard.RewritesTable("public.places"),
              new Hazard.Blocks("ACCESS EXCLUSIVE", "public.places"));
      assertThat(statement(up, "CREATE INDEX").hazards())
          .contains(new Hazard.Blocks("SHARE", "public.assets"));
    }
  }

  private static Observation seen(List<ObservedStatement> statements, String part) {
    return statement(statements, part).observation().orElseThrow();
  }

  private static ObservedStatement statement(List<ObservedStatement> statements, String part) {
    return statements.stream()
        .filter(one -> one.statement().sql().contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No statement with " + part + " in " + statements));
  }
}
