package dev.migrate.live;

import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Statement;
import dev.migrate.plan.online.Backfill;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the usual changes, in the form that works on a table nobody uses and in the one for a
 * table that is at work. Where generate writes the form, it is taken from the planner; else from
 * docs/live-changes.md.
 *
 * @param name what is changed
 * @param plain the plain form
 * @param online the form under load
 */
record LiveChange(String name, List<Phase> plain, List<Phase> online) {
  /** The application as it is before any change. */
  static final String APP =
      """
      \\set id random(1, :rows)
      BEGIN;
      SELECT email, name, amount, state, note, city FROM account WHERE id = :id;
      UPDATE account SET touched = touched + 1 WHERE id = :id;
      END;
      """;

  /** An application that does not read the column note. */
  private static final String WITHOUT_NOTE = APP.replace(", note", "");

  /** One that reads the column by its new name. */
  private static final String WITH_REMARK = APP.replace(", note", ", remark");

  /** One that reads the city where it has moved to. */
  private static final String WITH_ADDRESS =
      APP.replace(
          ", city FROM account WHERE id",
          ", address.city FROM account JOIN address USING (id) WHERE id");

  /**
   * A part of a change, under one application.
   *
   * @param load what the application does meanwhile
   * @param steps what runs, one after the other
   */
  record Phase(String load, List<Step> steps) {}

  /**
   * Statements that run together.
   *
   * @param statements the statements
   * @param transaction whether in one transaction; else each by itself
   */
  record Step(List<String> statements, boolean transaction) {}

  static List<LiveChange> all(LiveServer server, String template) throws SQLException {
    Planned planned = new Planned(server, template);
    return List.of(
        planned.change(
            "Add a column with a default that is computed for each row",
            "ALTER TABLE account ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()"),
        planned.change("NOT NULL", "ALTER TABLE account ALTER COLUMN name SET NOT NULL"),
        planned.change(
            "Unique", "ALTER TABLE account ADD CONSTRAINT account_email_key UNIQUE (email)"),
        planned.change(
            "Foreign key",
            "ALTER TABLE account ADD CONSTRAINT account_kind_fkey FOREIGN KEY (kind_id) REFERENCES"
                + " kind"),
        planned.change(
            "Check", "ALTER TABLE account ADD CONSTRAINT amount_check CHECK (amount >= 0)"),
        planned.change("Index", "CREATE INDEX account_city_idx ON account (city)"),
        new LiveChange(
            "Type (integer to bigint)",
            planned.plain("ALTER TABLE account ALTER COLUMN amount TYPE bigint"),
            typeChanged()),
        new LiveChange(
            "Rename a column",
            phase(APP, together("ALTER TABLE account RENAME COLUMN note TO remark")),
            renamed()),
        new LiveChange(
            "Drop a column",
            planned.plain("ALTER TABLE account DROP COLUMN note"),
            phase(WITHOUT_NOTE, limited("ALTER TABLE account DROP COLUMN note"))),
        new LiveChange("Split a table", splitAtOnce(), split()),
        planned.change("Enum value added", "ALTER TYPE state ADD VALUE 'paused'"),
        new LiveChange(
            "Enum value removed",
            planned.plain(
                "CREATE TYPE other AS ENUM ('new', 'active', 'closed'); ALTER TABLE account ALTER"
                    + " COLUMN state TYPE other USING state::text::other; DROP TYPE state; ALTER"
                    + " TYPE other RENAME TO state"),
            phase(
                APP,
                limited(
                    "ALTER TABLE account ADD CONSTRAINT state_not_lost CHECK (state <> 'lost') NOT"
                        + " VALID"),
                limited("ALTER TABLE account VALIDATE CONSTRAINT state_not_lost"))));
  }

  private static List<Phase> typeChanged() {
    return phase(
        APP,
        limited("ALTER TABLE account ADD COLUMN amount_wide bigint"),
        limited(
            """
            CREATE FUNCTION account_amount_wide() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN NEW.amount_wide := NEW.amount; RETURN NEW; END $$""",
            """
            CREATE TRIGGER account_amount_wide BEFORE INSERT OR UPDATE ON account
              FOR EACH ROW EXECUTE FUNCTION account_amount_wide()"""),
        backfill("amount_wide", "amount"),
        limited(
            "ALTER TABLE account ADD CONSTRAINT amount_wide_set CHECK (amount_wide IS NOT NULL) NOT"
                + " VALID"),
        limited("ALTER TABLE account VALIDATE CONSTRAINT amount_wide_set"),
        limited(
            "ALTER TABLE account ALTER COLUMN amount_wide SET NOT NULL",
            "ALTER TABLE account DROP CONSTRAINT amount_wide_set",
            "DROP TRIGGER account_amount_wide ON account",
            "ALTER TABLE account DROP COLUMN amount",
            "ALTER TABLE account RENAME COLUMN amount_wide TO amount"),
        limited("DROP FUNCTION account_amount_wide()"));
  }

  private static List<Phase> renamed() {
    List<Phase> phases = new ArrayList<>();
    phases.addAll(
        phase(
            APP,
            limited("ALTER TABLE account ADD COLUMN remark text"),
            limited(
                """
                CREATE FUNCTION account_remark() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF TG_OP = 'INSERT' THEN
                    NEW.remark := coalesce(NEW.remark, NEW.note);
                    NEW.note := NEW.remark;
                  ELSIF NEW.remark IS DISTINCT FROM OLD.remark THEN
                    NEW.note := NEW.remark;
                  ELSE
                    NEW.remark := NEW.note;
                  END IF;
                  RETURN NEW;
                END $$""",
                """
                CREATE TRIGGER account_remark BEFORE INSERT OR UPDATE ON account
                  FOR EACH ROW EXECUTE FUNCTION account_remark()"""),
            backfill("remark", "note")));
    phases.addAll(
        phase(
            WITH_REMARK,
            limited(
                "DROP TRIGGER account_remark ON account", "ALTER TABLE account DROP COLUMN note"),
            limited("DROP FUNCTION account_remark()")));
    return phases;
  }

  private static List<Phase> splitAtOnce() {
    return phase(
        APP,
        together(
            // Without it, each attempt ends in a deadlock with some transaction of the application.
            "LOCK TABLE account IN ACCESS EXCLUSIVE MODE",
            "CREATE TABLE address (id bigint PRIMARY KEY REFERENCES account, street text, city"
                + " text)",
            "INSERT INTO address SELECT id, street, city FROM account",
            "ALTER TABLE account DROP COLUMN street, DROP COLUMN city"));
  }

  private static List<Phase> split() {
    List<Phase> phases = new ArrayList<>();
    phases.addAll(
        phase(
            APP,
            limited(
                "CREATE TABLE address (id bigint PRIMARY KEY REFERENCES account ON DELETE CASCADE,"
                    + " street text, city text)"),
            limited(
                """
                CREATE FUNCTION account_address() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  INSERT INTO address VALUES (NEW.id, NEW.street, NEW.city)
                    ON CONFLICT (id) DO UPDATE SET street = NEW.street, city = NEW.city;
                  RETURN NULL;
                END $$""",
                """
                CREATE TRIGGER account_address AFTER INSERT OR UPDATE OF street, city ON account
                  FOR EACH ROW EXECUTE FUNCTION account_address()"""),
            apart(
                """
                DO $$
                DECLARE
                  after_id bigint := 0;
                  upto_id bigint;
                BEGIN
                  LOOP
                    SELECT max(id) INTO upto_id FROM
                      (SELECT id FROM account WHERE id > after_id ORDER BY id LIMIT 2000) AS batch;
                    EXIT WHEN upto_id IS NULL;
                    INSERT INTO address
                      SELECT id, street, city FROM account
                       WHERE id > after_id AND id <= upto_id ORDER BY id FOR KEY SHARE
                      ON CONFLICT (id) DO NOTHING;
                    COMMIT;
                    after_id := upto_id;
                  END LOOP;
                END $$""")));
    phases.addAll(
        phase(
            WITH_ADDRESS,
            limited(
                "DROP TRIGGER account_address ON account",
                "ALTER TABLE account DROP COLUMN street, DROP COLUMN city"),
            limited("DROP FUNCTION account_address()")));
    return phases;
  }

  private static Step backfill(String column, String expression) {
    FactId id = FactId.of(Kind.COLUMN, "public", "account", column);
    return new Step(
        new Backfill(
                id,
                List.of("id"),
                expression,
                "%s IS DISTINCT FROM %s".formatted(column, expression))
            .statements().stream().map(Statement::sql).toList(),
        false);
  }

  private static List<Phase> phase(String load, Step... steps) {
    return List.of(new Phase(load, List.of(steps)));
  }

  private static Step together(String... statements) {
    return new Step(List.of(statements), true);
  }

  private static Step apart(String... statements) {
    return new Step(List.of(statements), false);
  }

  /** As each form under load begins: whoever cannot have a lock soon gives up, and tries again. */
  private static Step limited(String... statements) {
    List<String> all = new ArrayList<>();
    all.add("SET LOCAL lock_timeout = '5s'");
    all.addAll(List.of(statements));
    return new Step(all, true);
  }

  /** What the planners write. */
  private record Planned(LiveServer server, String template) {
    LiveChange change(String name, String wanted) throws SQLException {
      Schema from = schema("");
      Schema to = schema(wanted);
      return new LiveChange(
          name,
          List.of(new Phase(APP, steps(AllRules.planner().plan(from, to, PlanOptions.standard())))),
          List.of(
              new Phase(
                  APP,
                  steps(
                      new OnlinePlanner(AllRules.planner())
                          .plan(from, to, PlanOptions.standard())))));
    }

    List<Phase> plain(String wanted) throws SQLException {
      return List.of(
          new Phase(
              APP,
              steps(AllRules.planner().plan(schema(""), schema(wanted), PlanOptions.standard()))));
    }

    private Schema schema(String change) throws SQLException {
      server.execute("postgres", "CREATE DATABASE wanted TEMPLATE " + template);
      try (Connection connection = server.connect("wanted")) {
        if (!change.isEmpty()) {
          connection.createStatement().execute(change);
        }
        return new Introspector(Scope.standard()).read(connection);
      } finally {
        server.execute("postgres", "DROP DATABASE wanted WITH (FORCE)");
      }
    }

    private static List<Step> steps(Plan plan) {
      return plan.transactions().stream()
          .map(
              group ->
                  new Step(
                      group.stream().map(Statement::sql).toList(),
                      group.stream().allMatch(Statement::transactional)))
          .toList();
    }
  }
}
