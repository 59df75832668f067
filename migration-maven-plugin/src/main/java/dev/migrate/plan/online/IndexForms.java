package dev.migrate.plan.online;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Online forms of indexes: built and dropped CONCURRENTLY; those of partitions one by one, then
 * attached.
 */
final class IndexForms {
  private final Schema from;
  private final Schema to;
  private final TemporaryObjectName spare;

  IndexForms(Schema from, Schema to, TemporaryObjectName spare) {
    this.from = from;
    this.to = to;
    this.spare = spare;
  }

  static boolean creates(Statement statement) {
    return statement.operation() instanceof Operation.CreateIndex;
  }

  /** Whether an index stands in a partition for the other one, at any depth. */
  boolean isPart(FactId part, FactId whole) {
    List<String> parent =
        to.find(part).map(fact -> fact.items(Attribute.PARTITION_OF_LIST)).orElse(List.of());
    if (part.kind() != Kind.INDEX || parent.isEmpty()) {
      return false;
    }
    FactId next = new FactId(Kind.INDEX, parent);
    return next.equals(whole) || isPart(next, whole);
  }

  /**
   * @param parts what else the form does, so that nobody else needs to
   * @param later tables that are not there yet; their indexes come with them
   */
  Optional<OnlineForm> of(Statement statement, List<FactId> parts, Set<FactId> later) {
    if (creates(statement)) {
      return isBusy(statement) ? created(statement, parts, later) : Optional.empty();
    }
    if (statement.operation() instanceof Operation.DropIndex drop && !drop.cascade()) {
      FactId id = statement.about();
      Fact index = from.find(id).orElse(null);
      if (index != null
          && !isPartitioned(index, from)
          && index.items(Attribute.PARTITION_OF_LIST).isEmpty()) {
        return Optional.of(
            OnlineForm.of(
                id,
                StageWriter.script(
                    List.of(new ConcurrentIndex(id, spare).drop(id.name(0), id.name(1))))));
      }
    }
    return Optional.empty();
  }

  /** Whether rows are there already that somebody may want to change. */
  private static boolean isBusy(Statement create) {
    return create.hazards().stream().anyMatch(Hazard.Blocks.class::isInstance);
  }

  private Optional<OnlineForm> created(Statement statement, List<FactId> parts, Set<FactId> later) {
    FactId id = statement.about();
    Fact index = to.find(id).orElseThrow();
    if (isPartitioned(index, to)) {
      return Optional.of(
          partitioned(statement, index, parts, later)
              .orElseGet(
                  () ->
                      OnlineForms.without(
                          statement,
                          "a partition of %s has no index of its own that could be built first"
                              .formatted(qualified(table(index))))));
    }
    List<Statement> build =
        new ConcurrentIndex(id, spare)
            .build(id.name(0), id.name(1), index.has(Attribute.UNIQUE), on(index, statement));
    return Optional.of(OnlineForm.of(id, StageWriter.script(build)));
  }

  Optional<OnlineForm> replaced(Statement create) {
    FactId id = create.about();
    Fact index = to.find(id).orElse(null);
    Fact old = from.find(id).orElse(null);
    if (index == null
        || old == null
        || !creates(create)
        || !isBusy(create)
        || !old.items(Attribute.TABLE_LIST).equals(index.items(Attribute.TABLE_LIST))
        || !index.items(Attribute.PARTITION_OF_LIST).isEmpty()
        || !old.items(Attribute.PARTITION_OF_LIST).isEmpty()
        || isPartitioned(index, to)) {
      return Optional.empty();
    }
    List<Statement> replace =
        new ConcurrentIndex(id, spare)
            .replace(id.name(0), id.name(1), index.has(Attribute.UNIQUE), on(index, create));
    return Optional.of(OnlineForm.of(id, StageWriter.script(replace)));
  }

  private static ConcurrentIndex.On on(Fact index, Statement create) {
    Operation.CreateIndex said = (Operation.CreateIndex) create.operation();
    return new ConcurrentIndex.On(
        table(index),
        "ON " + (said.only() ? "ONLY " : "") + said.table() + said.body(),
        index.text(Attribute.DEFINITION),
        ConcurrentIndex.On.refusedBy(create));
  }

  private Optional<OnlineForm> partitioned(
      Statement create, Fact index, List<FactId> parts, Set<FactId> later) {
    FactId id = index.id();
    String body = ((Operation.CreateIndex) create.operation()).body();
    List<Statement> statements = new ArrayList<>();
    Set<FactId> about = new HashSet<>(parts);
    about.add(id);
    if (!build(index, body, ConcurrentIndex.On.refusedBy(create), about, later, statements)) {
      return Optional.empty();
    }
    statements.add(
        new PartitionedIndex(id, id.name(1))
            .completed(
                index.has(Attribute.UNIQUE)
                    ? "CREATE UNIQUE INDEX ON ONLY "
                    : "CREATE INDEX ON ONLY ",
                body,
                index.has(Attribute.UNIQUE),
                index.text(Attribute.DEFINITION)));
    return Optional.of(new OnlineForm(about, List.of(StageWriter.script(statements)), 1));
  }

  /**
   * The index of a partitioned table and of all its partitions, depth first.
   *
   * @return whether each partition has one
   */
  private boolean build(
      Fact index,
      String body,
      List<Hazard> refused,
      Set<FactId> about,
      Set<FactId> later,
      List<Statement> statements) {
    FactId id = index.id();
    ConcurrentIndex concurrent = new ConcurrentIndex(id, spare);
    statements.add(
        concurrent.repeatable(
            "CREATE %sINDEX IF NOT EXISTS %s ON ONLY %s%s"
                .formatted(
                    index.has(Attribute.UNIQUE) ? "UNIQUE " : "",
                    quote(id.name(1)),
                    qualified(table(index)),
                    body)));
    for (FactId partition : PartitionedIndex.partitions(table(index), to)) {
      if (later.contains(partition)) {
        continue;
      }
      Fact part = part(partition, id).orElse(null);
      if (part == null || !about.contains(part.id()) && from.has(part.id())) {
        return false;
      }
      about.add(part.id());
      if (isPartitioned(part, to)) {
        if (!build(part, body, refused, about, later, statements)) {
          return false;
        }
      } else {
        statements.addAll(
            new ConcurrentIndex(part.id(), spare)
                .build(
                    part.id().name(0),
                    part.id().name(1),
                    index.has(Attribute.UNIQUE),
                    new ConcurrentIndex.On(
                        partition,
                        "ON " + qualified(partition) + body,
                        part.text(Attribute.DEFINITION),
                        refused)));
      }
      statements.add(
          concurrent.repeatable(
              "ALTER INDEX %s ATTACH PARTITION %s".formatted(qualified(id), qualified(part.id()))));
    }
    return true;
  }

  private Optional<Fact> part(FactId partition, FactId index) {
    return to.childrenOf(partition).stream()
        .filter(child -> child.id().kind() == Kind.INDEX)
        .filter(child -> child.items(Attribute.PARTITION_OF_LIST).equals(index.names()))
        .findFirst();
  }

  private static boolean isPartitioned(Fact index, Schema schema) {
    return schema
        .find(table(index))
        .filter(table -> table.has(Attribute.PARTITION_KEY))
        .isPresent();
  }

  private static FactId table(Fact index) {
    return index.parent().orElseThrow(() -> new IllegalStateException("No table of " + index.id()));
  }
}
