package dev.migrate.lint;

import dev.migrate.parser.Node;
import java.util.List;
import java.util.Optional;

/** Indexes, and what else has a concurrent form. */
final class IndexChecks implements Check {
  @Override
  public void look(Subject subject, Past past, Findings findings) {
    Node node = subject.node();
    switch (node.kind()) {
      case "IndexStmt" -> created(subject, findings);
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

  private static void created(Subject subject, Findings findings) {
    if (subject.node().flag("concurrent")) {
      return;
    }
    // An index ON ONLY the parent of partitions has no rows to read.
    subject
        .table()
        .filter(table -> table.partitioned() ? subject.mayScan() : subject.mayScan(table.name()))
        .ifPresent(
            table -> findings.add(Rule.INDEX_NOT_CONCURRENT, subject.statement(), table.name()));
  }

  private static void dropped(Subject subject, Past past, Findings findings) {
    Node node = subject.node();
    if (!node.text("removeType").equals("OBJECT_INDEX")) {
      return;
    }
    for (Node object : node.list("objects")) {
      List<String> names = object.names();
      past.droppedIndexes().add(names.get(names.size() - 1));
      Optional<Relation> table = subject.relations().existing(names);
      if (table.isPresent() && !node.flag("concurrent")) {
        findings.add(Rule.DROP_INDEX_NOT_CONCURRENT, subject.statement(), Relations.joined(names));
      }
    }
  }

  private static void rewritten(Subject subject, Optional<Node> relation, Findings findings) {
    relation
        .flatMap(subject.relations()::existing)
        .ifPresent(
            table -> findings.add(Rule.CLUSTER_OR_VACUUM_FULL, subject.statement(), table.name()));
  }
}
