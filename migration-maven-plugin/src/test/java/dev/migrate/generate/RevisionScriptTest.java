package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.observe.Observation;
import dev.migrate.observe.Observation.TableLock;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The script of a step")
class RevisionScriptTest {
  private static final FactId COLUMN = FactId.of(Kind.COLUMN, "public", "a", "x");

  private static ObservedStatement seen(Statement statement, TableLock lock, boolean rewritten) {
    TreeMap<String, TableLock> locks = new TreeMap<>();
    locks.put("public.a", lock);
    TreeSet<String> tables = new TreeSet<>(rewritten ? List.of("public.a") : List.of());
    return new ObservedStatement(
        statement, new Observation(locks, tables, new TreeSet<>(List.of("public.a")), null));
  }

  private static ProofResult.Step step(
      List<ObservedStatement> up,
      List<List<ObservedStatement>> down,
      Schemas before,
      Schemas after) {
    return new ProofResult.Step(before.build(), after.build(), before.build(), up, down);
  }

  @Test
  @DisplayName("names a lock where it is taken, and again only when it becomes stronger")
  void locks() {
    Statement index = Statement.creating(COLUMN, "CREATE INDEX i ON public.a (x)");
    Statement type =
        Statement.changing(COLUMN, "ALTER TABLE public.a ALTER COLUMN x TYPE bigint")
            .with(new Hazard.ScansTable("believed"));
    Statement comment =
        Statement.changing(COLUMN, "ALTER TABLE public.a ALTER COLUMN x SET STATISTICS 5");
    ProofResult.Step step =
        step(
            List.of(
                seen(index, TableLock.SHARE, false),
                seen(type, TableLock.ACCESS_EXCLUSIVE, true),
                seen(comment, TableLock.SHARE, false)),
            List.of(),
            Schemas.of(),
            Schemas.of());
    assertThat(RevisionScript.upgrade(step))
        .isEqualTo(
            """
            -- Reads every row of public.a.
            -- Locks public.a (SHARE): writes wait until this script is done.
            CREATE INDEX i ON public.a (x);

            -- Writes every row of public.a again.
            -- Locks public.a (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
            ALTER TABLE public.a ALTER COLUMN x TYPE bigint;

            -- Reads every row of public.a.
            ALTER TABLE public.a ALTER COLUMN x SET STATISTICS 5;
            """);
  }

  @Test
  @DisplayName("offers the lines that fill in what is missing")
  void backfill() {
    Statement statement =
        Statement.changing(COLUMN, "ALTER TABLE public.a ALTER COLUMN \"x y\" SET NOT NULL")
            .with(
                new Hazard.MayFailOnRows(
                    "SELECT * FROM public.a WHERE \"x y\" IS NULL", "a reason"));
    assertThat(
            RevisionScript.upgrade(
                step(
                    List.of(new ObservedStatement(statement, null)),
                    List.of(),
                    Schemas.of(),
                    Schemas.of())))
        .contains(
            "-- Will fail if this finds rows: SELECT * FROM public.a WHERE \"x y\" IS NULL\n",
            "-- UPDATE public.a SET \"x y\" = … WHERE \"x y\" IS NULL;\n");
  }

  @Test
  @DisplayName("says which rows lose something where not all do")
  void someRows() {
    Statement shorter =
        Statement.changing(COLUMN, "ALTER TABLE public.a ALTER COLUMN x TYPE varchar(3)")
            .with(new Hazard.LosesData("column public.a.x", "SELECT * FROM public.a WHERE true"));
    ProofResult.Step step =
        step(
            List.of(new ObservedStatement(shorter, null)),
            List.of(List.of()),
            Schemas.of(),
            Schemas.of());
    assertThat(RevisionScript.upgrade(step))
        .startsWith(
            "-- LOSES DATA: column public.a.x, in the rows that this finds:"
                + " SELECT * FROM public.a WHERE true\n");
    assertThat(RevisionScript.irrecoverable(step))
        .contains("What the upgrade has cut stays cut: column public.a.x, in some rows.");
  }

  @Test
  @DisplayName("of a downgrade says what does not come back")
  void irrecoverable() {
    Statement drop =
        Statement.changing(COLUMN, "ALTER TABLE public.a DROP COLUMN x")
            .with(new Hazard.LosesData("column public.a.x"));
    Statement add = Statement.changing(COLUMN, "ALTER TABLE public.a ADD COLUMN x int");
    ProofResult.Step step =
        step(
                List.of(new ObservedStatement(drop, null)),
                List.of(List.of(new ObservedStatement(add, null))),
                Schemas.of().table("a", "x int", "y int").enumOf("mood", "good"),
                Schemas.of().table("a", "y int").enumOf("mood", "good", "bad"))
            .restoring(Schemas.of().table("a", "y int", "x int").enumOf("mood", "good").build());
    assertThat(RevisionScript.upgrade(step)).startsWith("-- LOSES DATA: column public.a.x.\n");
    assertThat(RevisionScript.downgrade(step))
        .startsWith(
            """
            -- This does not bring back everything:
            --   * What the upgrade has dropped stays lost: column public.a.x.
            --   * In public.a, x comes back as the last.
            --   * It fails while rows hold 'bad' of public.mood; give them another value first.

            ALTER TABLE public.a ADD COLUMN x int;
            """);
  }

  @Test
  @DisplayName("of a downgrade in parts gives each part a transaction of its own")
  void parts() {
    ObservedStatement one = new ObservedStatement(Statement.changing(COLUMN, "ONE"), null);
    ObservedStatement two = new ObservedStatement(Statement.changing(COLUMN, "TWO"), null);
    ProofResult.Step step =
        new ProofResult.Step(
            Schema.empty(),
            Schema.empty(),
            Schema.empty(),
            List.of(),
            List.of(List.of(one), List.of(two, one)));
    assertThat(step.downInTransaction()).isFalse();
    assertThat(RevisionScript.downgrade(step))
        .isEqualTo("ONE;\n\nBEGIN;\n\nTWO;\n\nONE;\n\nCOMMIT;\n");
  }
}
