package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lint rules about names and contents that are removed, and that an application that is running now
 * would miss.
 */
final class RemovalChecks implements StatementCheck {
  private static final Set<String> RELATIONS =
      Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE");

  private final Set<String> madeAnew;

  /**
   * @param madeAnew the names of relations that the same transaction creates, too: a view that is
   *     dropped to be created again is not missed
   */
  RemovalChecks(Set<String> madeAnew) {
    this.madeAnew = madeAnew;
  }

  @Override
  public void look(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    switch (node.kind()) {
      case "DropStmt" -> dropped(subject, past, findings);
      case "RenameStmt" -> renamed(subject, past, findings);
      case "AlterObjectSchemaStmt" -> {
        if (RELATIONS.contains(node.text("objectType"))) {
          subject
              .table()
              .ifPresent(
                  table -> findings.add(Rule.RENAME_TABLE, subject.statement(), table.name()));
        }
      }
      case "AlterEnumStmt" -> {
        String type = NameResolution.joined(namesOf(node.list("typeName")));
        if (node.has("oldVal") && !past.newTypes().contains(type)) {
          findings.add(Rule.RENAME_ENUM_VALUE, subject.statement(), type);
        }
      }
      case "CreateEnumStmt" ->
          past.newTypes().add(NameResolution.joined(namesOf(node.list("typeName"))));
      case "CreateSchemaStmt" -> past.newSchemas().add(node.text("schemaname"));
      case "TruncateStmt" -> truncated(subject, findings);
      default -> {}
    }
  }

  private static List<String> namesOf(List<SyntaxNode> nodes) {
    return nodes.stream().filter(node -> node.is("String")).map(node -> node.text("sval")).toList();
  }

  private void dropped(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    String type = node.text("removeType");
    boolean missed = false;
    boolean all = true;
    for (SyntaxNode object : node.list("objects")) {
      if (RELATIONS.contains(type)) {
        Optional<NamedRelation> relation = subject.relations().existing(object.names());
        boolean again = madeAnew.contains(last(object.names()));
        if (relation.isPresent() && !again) {
          findings.add(Rule.DROP_TABLE, subject.statement(), relation.get().name());
        }
        missed |= relation.isPresent();
      } else if (type.equals("OBJECT_SCHEMA")) {
        String schema = object.text("sval");
        if (!past.newSchemas().contains(schema)) {
          findings.add(Rule.DROP_TABLE, subject.statement(), schema);
          missed = true;
        }
      } else {
        missed = true;
      }
      all &= missed;
    }
    if (missed && all && node.text("behavior").equals("DROP_CASCADE")) {
      findings.add(Rule.DROP_CASCADE, subject.statement(), "");
    }
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }

  private static void renamed(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    switch (node.text("renameType")) {
      case "OBJECT_COLUMN" -> {
        if (RELATIONS.contains(node.text("relationType"))) {
          subject
              .table()
              .ifPresent(
                  table ->
                      findings.add(
                          Rule.RENAME_COLUMN,
                          subject.statement(),
                          table.name()
                              + "."
                              + NameResolution.joined(List.of(node.text("subname")))));
        }
      }
      case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE" ->
          subject
              .table()
              .ifPresent(
                  table -> findings.add(Rule.RENAME_TABLE, subject.statement(), table.name()));
      case "OBJECT_SCHEMA" -> {
        if (!past.newSchemas().contains(node.text("subname"))) {
          findings.add(Rule.RENAME_TABLE, subject.statement(), node.text("subname"));
        }
      }
      default -> {}
    }
  }

  private static void truncated(LintedStatement subject, Findings findings) {
    for (SyntaxNode table : subject.node().list("relations")) {
      subject
          .relations()
          .existing(table)
          .ifPresent(
              relation -> findings.add(Rule.TRUNCATE, subject.statement(), table, relation.name()));
    }
    boolean cascade = subject.node().text("behavior").equals("DROP_CASCADE");
    if (cascade && findings.explained()) {
      findings.add(Rule.DROP_CASCADE, subject.statement(), "");
    }
  }
}
