package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** Lint rules about indexes, and other statements that have a CONCURRENTLY form. */
final class IndexChecks implements StatementCheck {
  @Override
  public void look(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    switch (node.kind()) {
      case "IndexStmt" -> created(subject, past, findings);
      case "DropStmt" -> dropped(subject, past, findings);
      case "ReindexStmt" -> {
        if (node.list("params").stream()
            .noneMatch(option -> option.text("defname").equals("concurrently"))) {
          subject
              .table()
              .ifPresent(
                  table ->
                      findings.add(Rule.REINDEX_NOT_CONCURRENT, subject.statement(), table.name()));
        }
      }
      case "RefreshMatViewStmt" -> {
        if (!node.flag("concurrent")) {
          subject
              .table()
              .ifPresent(
                  view ->
                      findings.add(Rule.REFRESH_NOT_CONCURRENT, subject.statement(), view.name()));
        }
      }
      case "ClusterStmt" -> rewritten(subject, node.node("relation"), findings);
      case "VacuumStmt" -> {
        if (node.list("options").stream()
            .anyMatch(option -> option.text("defname").equals("full"))) {
          node.list("rels").forEach(rel -> rewritten(subject, rel.node("relation"), findings));
        }
      }
      default -> {}
    }
  }

  private static void created(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    if (node.flag("concurrent")) {
      boolean cleared =
          past.droppedIndexes().contains(node.text("idxname"))
              || past.saysOfInvalid(node.text("idxname"));
      if (node.flag("if_not_exists") && !cleared) {
        findings.add(
            Rule.IF_NOT_EXISTS_CONCURRENTLY,
            subject.statement(),
            NameResolution.joined(List.of(node.text("idxname"))));
      }
      return;
    }
    if (!past.readsValidity()) {
      onlyPartitioned(node, subject)
          .ifPresent(
              table ->
                  findings.add(
                      Rule.PARTITIONED_INDEX_UNCHECKED, subject.statement(), table.name()));
    }
    // An index ON ONLY the parent of partitions has no rows to read.
    subject
        .table()
        .filter(table -> table.partitioned() ? subject.mayScan() : subject.mayScan(table.name()))
        .ifPresent(
            table ->
                findings.add(
                    table.partitioned() ? Rule.INDEX_ON_PARTITIONED : Rule.INDEX_NOT_CONCURRENT,
                    subject.statement(),
                    table.name()));
  }

  /** The partitioned table that a statement names with ONLY. */
  static Optional<NamedRelation> onlyPartitioned(SyntaxNode node, LintedStatement subject) {
    return node.node("relation").filter(relation -> !relation.flag("inh")).isPresent()
        ? subject.table().filter(NamedRelation::partitioned)
        : Optional.empty();
  }

  /**
   * What PostgreSQL refuses to do concurrently where there are partitions.
   *
   * @return the rule that says what to do instead
   */
  static Optional<Rule> refused(SyntaxNode node, NameResolution relations) {
    if (node.is("IndexStmt") && node.flag("concurrent")) {
      return node.node("relation")
          .flatMap(relations::existing)
          .filter(NamedRelation::partitioned)
          .map(table -> Rule.INDEX_ON_PARTITIONED);
    }
    return node.text("removeType").equals("OBJECT_INDEX")
            && node.flag("concurrent")
            && node.list("objects").stream()
                .flatMap(object -> relations.existing(object.names()).stream())
                .anyMatch(NamedRelation::partitioned)
        ? Optional.of(Rule.DROP_INDEX_OF_PARTITIONED)
        : Optional.empty();
  }

  private static void dropped(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    if (!node.text("removeType").equals("OBJECT_INDEX")) {
      return;
    }
    for (SyntaxNode object : node.list("objects")) {
      List<String> names = object.names();
      past.droppedIndexes().add(names.get(names.size() - 1));
      Optional<NamedRelation> table = subject.relations().existing(names);
      if (table.filter(NamedRelation::partitioned).isPresent()) {
        if (!subject.lockTimeout()) {
          findings.add(
              Rule.DROP_INDEX_OF_PARTITIONED, subject.statement(), NameResolution.joined(names));
        }
      } else if (table.isPresent() && !node.flag("concurrent")) {
        findings.add(
            Rule.DROP_INDEX_NOT_CONCURRENT, subject.statement(), NameResolution.joined(names));
      }
    }
  }

  private static void rewritten(
      LintedStatement subject, Optional<SyntaxNode> relation, Findings findings) {
    relation
        .flatMap(subject.relations()::existing)
        .ifPresent(
            table -> findings.add(Rule.CLUSTER_OR_VACUUM_FULL, subject.statement(), table.name()));
  }
}
