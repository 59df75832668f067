package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lint rules about ALTER TABLE on tables that were there before. */
final class TableChecks implements StatementCheck {
  private static final Set<String> WITHOUT_ZONE = Set.of("timestamp", "date", "time");
  private static final Set<String> MOMENT =
      Set.of("now", "clock_timestamp", "statement_timestamp", "transaction_timestamp");
  private static final Set<String> COUNTED = Set.of("serial", "serial4", "bigserial", "serial8");

  @Override
  public void look(LintedStatement subject, ScriptState past, Findings findings) {
    if (!subject.node().is("AlterTableStmt")) {
      return;
    }
    Optional<NamedRelation> table = subject.table();
    if (table.isEmpty()) {
      return;
    }
    for (SyntaxNode command : subject.node().list("cmds")) {
      look(subject, table.get(), command, past, findings);
    }
    if (subject.rewrote() && !findings.explained()) {
      findings.add(Rule.TABLE_REWRITE, subject.statement(), table.get().name());
    }
  }

  private static void look(
      LintedStatement subject,
      NamedRelation table,
      SyntaxNode command,
      ScriptState past,
      Findings findings) {
    Optional<SyntaxNode> definition = command.node("def");
    switch (command.text("subtype")) {
      case "AT_AddColumn" ->
          definition.ifPresent(
              column -> {
                addedColumn(subject, table, column, findings);
                if (!past.timeZone() && isPresentTimeWithoutZone(column)) {
                  findings.add(
                      Rule.SESSION_TIME_ZONE,
                      subject.statement(),
                      column,
                      column(table, column.text("colname")));
                }
              });
      case "AT_AddConstraint" ->
          definition.ifPresent(
              constraint -> addedConstraint(subject, table, constraint, past, findings));
      case "AT_ValidateConstraint" -> {
        if (past.notValid().contains(table.name() + " " + command.text("name"))) {
          findings.add(Rule.VALIDATE_WITH_NOT_VALID, subject.statement(), command.text("name"));
        }
      }
      case "AT_SetNotNull" -> {
        if (subject.mayScan(table.name())) {
          findings.add(
              Rule.SET_NOT_NULL,
              subject.statement(),
              table.name() + "." + NameResolution.joined(List.of(command.text("name"))));
        }
      }
      case "AT_AlterColumnType" -> {
        if (!past.timeZone()
            && subject.around().zoneDecides(command.text("name"))
            && !definition.map(SyntaxNode::toString).orElse("").contains("\"timezone\"")) {
          findings.add(
              Rule.SESSION_TIME_ZONE, subject.statement(), column(table, command.text("name")));
        }
        if (subject.rewrote()) {
          findings.add(
              Rule.TYPE_CHANGE_REWRITES,
              subject.statement(),
              definition.orElse(command),
              column(table, command.text("name")));
        }
      }
      case "AT_DropColumn" -> {
        findings.add(Rule.DROP_COLUMN, subject.statement(), column(table, command.text("name")));
        cascade(subject, command, findings);
      }
      case "AT_DropConstraint" -> cascade(subject, command, findings);
      case "AT_AttachPartition" -> {
        String partition =
            definition
                .flatMap(def -> def.node("name"))
                .flatMap(subject.relations()::existing)
                .map(NamedRelation::name)
                .orElse("");
        if (subject.observed() != null && subject.observed().scanned().contains(partition)) {
          findings.add(
              Rule.ATTACH_SCANS,
              subject.statement(),
              "%s: CHECK (%s)".formatted(partition, subject.around().bounds()));
        }
      }
      case "AT_DetachPartition" -> {
        if (!definition.map(partition -> partition.flag("concurrent")).orElse(false)) {
          findings.add(Rule.DETACH_NOT_CONCURRENT, subject.statement(), table.name());
        }
      }
      default -> {}
    }
  }

  /** Rows that are there get what the clocks of the session's zone show. */
  private static boolean isPresentTimeWithoutZone(SyntaxNode column) {
    List<String> type = column.node("typeName").map(SyntaxNode::names).orElse(List.of());
    if (type.isEmpty() || !WITHOUT_ZONE.contains(type.get(type.size() - 1))) {
      return false;
    }
    List<SyntaxNode> found = new ArrayList<>();
    column.list("constraints").stream()
        .filter(constraint -> constraint.text("contype").equals("CONSTR_DEFAULT"))
        .forEach(
            constraint ->
                constraint.walk(
                    node -> {
                      boolean called =
                          node.is("FuncCall")
                              && node.list("funcname").stream()
                                  .anyMatch(part -> MOMENT.contains(part.text("sval")));
                      if (called || node.is("SQLValueFunction")) {
                        found.add(node);
                      }
                    }));
    return !found.isEmpty();
  }

  private static String column(NamedRelation table, String name) {
    return table.name() + "." + NameResolution.joined(List.of(name));
  }

  private static void cascade(LintedStatement subject, SyntaxNode command, Findings findings) {
    if (command.text("behavior").equals("DROP_CASCADE")) {
      findings.add(Rule.DROP_CASCADE, subject.statement(), command.text("name"));
    }
  }

  private static void addedColumn(
      LintedStatement subject, NamedRelation table, SyntaxNode column, Findings findings) {
    String name = column(table, column.text("colname"));
    boolean counted =
        column
            .node("typeName")
            .map(SyntaxNode::names)
            .filter(names -> COUNTED.contains(names.get(names.size() - 1)))
            .isPresent();
    boolean required = false;
    boolean filled = counted;
    Optional<SyntaxNode> reference = Optional.empty();
    for (SyntaxNode constraint : column.list("constraints")) {
      switch (constraint.text("contype")) {
        case "CONSTR_NOTNULL" -> required = true;
        case "CONSTR_DEFAULT", "CONSTR_GENERATED", "CONSTR_IDENTITY" -> filled = true;
        case "CONSTR_PRIMARY", "CONSTR_UNIQUE" -> {
          required |= constraint.text("contype").equals("CONSTR_PRIMARY");
          findings.add(
              table.partitioned() ? Rule.UNIQUE_ON_PARTITIONED : Rule.UNIQUE_NOT_THROUGH_INDEX,
              subject.statement(),
              constraint,
              name);
        }
        case "CONSTR_FOREIGN" -> reference = Optional.of(constraint);
        case "CONSTR_CHECK" -> {
          if (subject.mayScan(table.name()) && !subject.rewrote()) {
            findings.add(Rule.CONSTRAINT_WITHOUT_NOT_VALID, subject.statement(), constraint, name);
          }
        }
        default -> {}
      }
    }
    // Of a column that is null everywhere, PostgreSQL knows that its references hold.
    if (reference.isPresent() && filled && subject.mayScan(table.name())) {
      findings.add(Rule.CONSTRAINT_WITHOUT_NOT_VALID, subject.statement(), reference.get(), name);
    }
    if (filled && subject.rewrote()) {
      findings.add(Rule.VOLATILE_DEFAULT, subject.statement(), column, name);
    } else if (required && !filled) {
      findings.add(Rule.REQUIRED_COLUMN, subject.statement(), column, name);
    }
  }

  private static void addedConstraint(
      LintedStatement subject,
      NamedRelation table,
      SyntaxNode constraint,
      ScriptState past,
      Findings findings) {
    String name = constraint.text("conname");
    boolean valid = !constraint.flag("skip_validation");
    switch (constraint.text("contype")) {
      case "CONSTR_CHECK", "CONSTR_FOREIGN" -> {
        // A constraint that is not enforced is not checked either, nor is one without rows below.
        if (valid && (constraint.text("contype").equals("CONSTR_FOREIGN") || subject.mayScan())) {
          findings.add(
              Rule.CONSTRAINT_WITHOUT_NOT_VALID, subject.statement(), constraint, table.name());
        }
      }
      case "CONSTR_NOTNULL" -> {
        if (valid && subject.mayScan(table.name())) {
          findings.add(Rule.SET_NOT_NULL, subject.statement(), constraint, table.name());
        }
      }
      case "CONSTR_PRIMARY", "CONSTR_UNIQUE" -> {
        if (table.partitioned()) {
          if (subject.node().node("relation").filter(one -> one.flag("inh")).isPresent()) {
            findings.add(Rule.UNIQUE_ON_PARTITIONED, subject.statement(), constraint, table.name());
          } else if (!past.readsValidity()) {
            findings.add(
                Rule.PARTITIONED_INDEX_UNCHECKED, subject.statement(), constraint, table.name());
          }
        } else if (!constraint.has("indexname")) {
          findings.add(
              Rule.UNIQUE_NOT_THROUGH_INDEX, subject.statement(), constraint, table.name());
        } else if (constraint.text("contype").equals("CONSTR_PRIMARY")
            && subject.observed() != null
            && subject.mayScan(table.name())) {
          // A primary key makes its columns NOT NULL, which reads the table unless they are.
          findings.add(Rule.SET_NOT_NULL, subject.statement(), constraint, table.name());
        }
      }
      case "CONSTR_EXCLUSION" ->
          findings.add(Rule.EXCLUSION_CONSTRAINT, subject.statement(), constraint, table.name());
      default -> {}
    }
    if (!valid) {
      past.notValid().add(table.name() + " " + name);
    }
  }
}
