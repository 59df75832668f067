package dev.migrate.plan.online;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Constraints: checks and foreign keys NOT VALID first and validated after a commit, unique and
 * primary keys through an index that is built concurrently.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, NOT VALID
 *     and USING INDEX</a>
 */
final class ConstraintForms {
  private static final int NOT_VALID_OF_PARTITIONED = 18;
  private static final Pattern KEY =
      Pattern.compile("(?s)(UNIQUE|PRIMARY KEY)( NULLS NOT DISTINCT)? (\\(.*\\))");

  private final Schema to;
  private final SpareName spare;
  private final Staging staging;

  ConstraintForms(Schema to, SpareName spare, Staging staging) {
    this.to = to;
    this.spare = spare;
    this.staging = staging;
  }

  Optional<Form> of(Statement statement) {
    FactId id = statement.about();
    Fact constraint = to.find(id).orElse(null);
    if (constraint == null || constraint.parent().orElseThrow().kind() != Kind.TABLE) {
      return Optional.empty();
    }
    if (statement.sql().contains(" VALIDATE CONSTRAINT ")) {
      return Optional.of(Form.of(id, staging.check(statement)));
    }
    if (!adds(statement) || !scans(statement)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (constraint.text("type")) {
          case "check", "foreign key" -> validatedLater(statement, constraint);
          case "unique", "primary key" ->
              throughIndex(statement, constraint, false)
                  .orElseGet(() -> Forms.without(statement, noIndex(constraint)));
          default ->
              Forms.without(
                  statement, "PostgreSQL builds an exclusion constraint only under its lock");
        });
  }

  /** A key that is dropped and made anew: its new index is there before the old one goes. */
  Optional<Form> replaced(Statement add) {
    Fact constraint = to.find(add.about()).orElse(null);
    if (constraint == null
        || !adds(add)
        || !scans(add)
        || constraint.parent().orElseThrow().kind() != Kind.TABLE
        || !List.of("unique", "primary key").contains(constraint.text("type"))) {
      return Optional.empty();
    }
    return throughIndex(add, constraint, true);
  }

  private static boolean adds(Statement statement) {
    return statement.sql().startsWith("ALTER TABLE ")
        && statement.sql().contains(" ADD CONSTRAINT ");
  }

  private static boolean scans(Statement statement) {
    return statement.hazards().stream().anyMatch(Hazard.ScansTable.class::isInstance);
  }

  private Form validatedLater(Statement add, Fact constraint) {
    FactId id = add.about();
    boolean partitioned = isPartitioned(constraint);
    if (constraint.has("not enforced")) {
      return Form.plain(add);
    }
    if (partitioned
        && constraint.text("type").equals("foreign key")
        && to.origin().major() < NOT_VALID_OF_PARTITIONED) {
      return Forms.without(
          add, "before PostgreSQL 18 a foreign key of a partitioned table cannot be NOT VALID");
    }
    Statement notValid = Statement.of(id, add.sql() + " NOT VALID");
    for (Hazard hazard : add.hazards()) {
      if (hazard instanceof Hazard.Blocks) {
        notValid = notValid.with(hazard);
      }
    }
    Statement validate =
        Statement.of(
            id,
            "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(qualified(id), quote(id.lastName())));
    for (Hazard hazard : add.hazards()) {
      if (!(hazard instanceof Hazard.Blocks)) {
        validate = validate.with(hazard);
      }
    }
    FactId table = constraint.parent().orElseThrow();
    return Form.of(
            id,
            staging.change(staging.adding(table, id.lastName(), notValid)),
            staging.check(validate))
        .usableAfter(1);
  }

  private boolean isPartitioned(Fact constraint) {
    return to.find(constraint.parent().orElseThrow())
        .filter(table -> table.has("partition key"))
        .isPresent();
  }

  private String noIndex(Fact constraint) {
    return isPartitioned(constraint)
        ? "a key of a partitioned table cannot be made from an index"
        : "a key with these options cannot be made from an index";
  }

  private Optional<Form> throughIndex(Statement add, Fact constraint, boolean replaces) {
    FactId id = add.about();
    Matcher key = KEY.matcher(constraint.text("definition"));
    if (isPartitioned(constraint)
        || !constraint.items("options").isEmpty()
        || constraint.has("tablespace")
        || constraint.has("partition of")
        || !constraint.items("attached to").isEmpty()
        || constraint.text("definition").contains(" WITHOUT OVERLAPS")
        || !key.matches()) {
      return Optional.empty();
    }
    FactId table = constraint.parent().orElseThrow();
    String name = id.lastName();
    String index = replaces ? spare.of(List.of(name), "new") : name;
    String distinct = key.group(2) == null ? "" : key.group(2);
    List<Statement> statements =
        new ArrayList<>(
            new ConcurrentIndex(id, spare)
                .build(
                    id.name(0),
                    index,
                    true,
                    new ConcurrentIndex.On(
                        table,
                        "ON " + qualified(table) + " " + key.group(3) + distinct,
                        "USING btree " + key.group(3) + distinct,
                        ConcurrentIndex.On.refusedBy(add))));
    String clause =
        "ADD CONSTRAINT %s %s USING INDEX %s%s%s"
            .formatted(
                quote(name),
                key.group(1),
                quote(index),
                constraint.has("deferrable") ? " DEFERRABLE" : "",
                constraint.has("deferred") ? " INITIALLY DEFERRED" : "");
    String alter = "ALTER TABLE " + qualified(table) + " ";
    ConcurrentIndex about = new ConcurrentIndex(id, spare);
    statements.add(
        about.repeatable(
            replaces
                ? Sql.when(
                    Sql.relation(id.name(0), index) + " IS NOT NULL",
                    alter + "DROP CONSTRAINT IF EXISTS " + quote(name) + ", " + clause)
                : Sql.when("NOT " + Sql.existsConstraint(table, name), alter + clause)));
    return Optional.of(Form.of(id, Staging.script(statements)));
  }
}
