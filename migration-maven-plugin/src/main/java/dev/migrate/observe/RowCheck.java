package dev.migrate.observe;

import dev.migrate.introspect.Scope;
import dev.migrate.plan.FactNames;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Rename;
import dev.migrate.plan.RenamedSchema;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks that row values survive a change and its downgrade, in the tables that the change touches:
 * rows that revisions have written, and made-up ones where there are none. They are there before
 * the change, and are looked for after it, and after it was taken back.
 */
public final class RowCheck {
  /** A change that touches more tables is judged in these. */
  private static final int MOST_TABLES = 100;

  private final Schema before;
  private final Schema wanted;
  private final List<Rename> renames;
  private final RenamedSchema renamed;
  private final List<Statement> up;
  private final boolean oneTransaction;
  private final String historyTable;
  private final SortedMap<FactId, SortedSet<FactId>> tables;
  private final SortedMap<String, String> without = new TreeMap<>();
  private final SortedSet<FactId> sequences;
  private boolean madeUp;
  private RowSnapshot atFirst;
  private RowSnapshot afterUpgrade;

  /**
   * @param before the schema before the change
   * @param wanted the schema after it
   * @param renames what the change renames
   * @param up the statements of its upgrade
   * @param oneTransaction whether they run in one, so that sequences cannot go back
   * @param scope what of a database is compared
   */
  public RowCheck(
      Schema before,
      Schema wanted,
      List<Rename> renames,
      List<Statement> up,
      boolean oneTransaction,
      Scope scope) {
    this.before = before;
    this.wanted = wanted;
    this.renames = renames;
    this.renamed = RenamedSchema.of(before, renames);
    this.up = up;
    this.oneTransaction = oneTransaction;
    this.historyTable = scope.historyTable();
    TouchedTables touched =
        TouchedTables.of(before, renamed, wanted, up.stream().map(Statement::about).toList());
    this.tables = new TreeMap<>();
    touched
        .byRoot(before)
        .forEach(
            (root, some) -> {
              if (tables.size() < MOST_TABLES) {
                tables.put(root, some);
              } else {
                without.put(FactNames.qualified(root), "the change touches many tables");
              }
            });
    this.sequences = touched.sequences();
  }

  /**
   * Makes up rows and reads what is there.
   *
   * @param database a copy of the database before the change
   * @param never tables into which no rows are put
   */
  public void begin(ScratchDatabase database, Set<FactId> never) throws SQLException {
    try (Connection connection = database.connect()) {
      Map<String, FactId> wanted = new TreeMap<>();
      tables.keySet().forEach(table -> wanted.put(FactNames.qualified(table), table));
      Set<String> not = never.stream().map(FactNames::qualified).collect(Collectors.toSet());
      Set<String> some = new TreeSet<>(wanted.keySet());
      some.removeAll(not);
      Map<String, String> empty =
          new RowGenerator(connection, historyTable).fillEmpty(some, not, labelsThatGo());
      madeUp = !some.isEmpty();
      for (FactId sequence : sequences) {
        advance(connection, FactNames.qualified(sequence));
      }
      atFirst = RowSnapshot.read(connection, before, all(tables.values()), sequences);
      tables.forEach(
          (root, parts) -> {
            String name = FactNames.qualified(root);
            if (atFirst.hasTooMany(parts)) {
              without.put(name, "more than %d rows".formatted(RowSnapshot.MOST));
            } else if (!atFirst.hasRows(parts)) {
              without.put(
                  name,
                  not.contains(name)
                      ? "rows that were made up make a statement fail"
                      : empty.getOrDefault(name, "no rows could be made up"));
            }
          });
    }
  }

  /** A row that holds one would only make the change fail. */
  private Set<String> labelsThatGo() {
    Set<String> labels = new TreeSet<>();
    for (Fact fact : renamed.schema().facts().values()) {
      if (fact.id().kind() == Kind.ENUM) {
        wanted
            .find(fact.id())
            .ifPresent(
                after ->
                    fact.items(Attribute.LABELS).stream()
                        .filter(label -> !after.items(Attribute.LABELS).contains(label))
                        .forEach(labels::add));
      }
    }
    return labels;
  }

  private static Set<FactId> all(Collection<SortedSet<FactId>> parts) {
    Set<FactId> all = new TreeSet<>();
    parts.forEach(all::addAll);
    return all;
  }

  /** A sequence that nobody has used could be made anew, and nothing would be seen of it. */
  private static void advance(Connection connection, String sequence) throws SQLException {
    Queries.execute(
        connection,
        "SELECT nextval(%s) FROM %s s, pg_catalog.pg_sequence q WHERE q.seqrelid = %s::regclass AND s.last_value BETWEEN q.seqmin + abs(q.seqincrement) AND q.seqmax - abs(q.seqincrement) OR NOT s.is_called"
            .formatted(SqlLiteral.literal(sequence), sequence, SqlLiteral.literal(sequence)));
  }

  /**
   * @return whether rows may be there that were made up
   */
  public boolean madeUp() {
    return madeUp;
  }

  /**
   * @return the tables that the change touches
   */
  public Set<FactId> tables() {
    return tables.keySet();
  }

  /**
   * @param statement one of the change
   * @return the tables that it touches
   */
  public Set<FactId> tables(Statement statement) {
    return TouchedTables.of(before, renamed, wanted, List.of(statement.about()))
        .byRoot(before)
        .keySet();
  }

  /**
   * @return the tables of statements that are known to fail on some rows
   */
  public Set<FactId> tablesOfFailing() {
    Set<FactId> failing = new TreeSet<>();
    up.stream()
        .filter(one -> one.hazards().stream().anyMatch(Hazard.MayFailOnRows.class::isInstance))
        .forEach(one -> failing.addAll(tables(one)));
    return failing;
  }

  /**
   * @param database the database after the upgrade
   * @param after its schema
   * @return what is gone without a word
   */
  public List<String> afterUpgrade(ScratchDatabase database, Schema after) throws SQLException {
    afterUpgrade = read(database, after, renamed);
    return atFirst.missing(
        afterUpgrade,
        new RowSnapshot.Passage(
            renamed, up, Set.of(), renamedLabels(before, renames), oneTransaction));
  }

  /**
   * @param database the database after the downgrade
   * @param restored its schema
   * @param after the schema after the upgrade
   * @param down the statements of the downgrade
   * @param together whether they ran in one transaction
   * @return what is gone without a word
   */
  public List<String> afterDowngrade(
      ScratchDatabase database,
      Schema restored,
      Schema after,
      List<Statement> down,
      boolean together)
      throws SQLException {
    RenamedSchema same = RenamedSchema.of(before, List.of());
    RowSnapshot now = read(database, restored, same);
    List<Statement> both = new ArrayList<>(up);
    both.addAll(down);
    List<String> missing =
        new ArrayList<>(
            atFirst.missing(
                now,
                new RowSnapshot.Passage(
                    same, both, converted(), Set.of(), oneTransaction && together)));
    List<Rename> back = InverseRenames.of(renames);
    RenamedSchema names = RenamedSchema.of(after, back);
    for (String one :
        afterUpgrade.missing(
            now,
            new RowSnapshot.Passage(names, down, Set.of(), renamedLabels(after, back), together))) {
      if (!missing.contains(one)) {
        missing.add(one);
      }
    }
    return missing;
  }

  private RowSnapshot read(ScratchDatabase database, Schema schema, RenamedSchema names)
      throws SQLException {
    try (Connection connection = database.connect()) {
      return RowSnapshot.read(
          connection,
          schema,
          all(tables.values()).stream().map(names::now).toList(),
          sequences.stream().map(names::now).toList());
    }
  }

  /** What was read as another type and written back need not look as before. */
  private Set<FactId> converted() {
    Set<FactId> failing = new HashSet<>();
    up.stream()
        .filter(one -> one.hazards().stream().anyMatch(Hazard.MayFailOnRows.class::isInstance))
        .forEach(one -> failing.add(one.about()));
    return atFirst.reshaped(afterUpgrade, renamed).stream()
        .filter(column -> failing.contains(renamed.now(column)))
        .collect(Collectors.toSet());
  }

  /** The enums of which a value gets another name, under the names that they have at last. */
  private static Set<FactId> renamedLabels(Schema schema, List<Rename> renames) {
    Set<FactId> types = new HashSet<>();
    for (int i = 0; i < renames.size(); i++) {
      if (renames.get(i) instanceof Rename.OfEnumValue value) {
        Schema then = RenamedSchema.of(schema, renames.subList(0, i)).schema();
        types.add(RenamedSchema.of(then, renames.subList(i, renames.size())).now(value.type()));
      }
    }
    return types;
  }

  public RowCoverage outcome() {
    int all = tables.size() + (int) without.keySet().stream().filter(this::beyond).count();
    return new RowCoverage(all - without.size(), all, without);
  }

  private boolean beyond(String name) {
    return tables.keySet().stream().noneMatch(table -> FactNames.qualified(table).equals(name));
  }
}
