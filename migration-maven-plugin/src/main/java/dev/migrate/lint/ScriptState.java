package dev.migrate.lint;

import dev.migrate.observe.Observation;
import dev.migrate.observe.Observation.TableLock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State that earlier statements of a script have left and that matters to the next one, such as new
 * tables, locks and timeouts.
 */
final class ScriptState {
  private final SortedMap<String, TableLock> held = new TreeMap<>();
  private final Set<String> notValid = new HashSet<>();
  private final Set<String> newTypes = new HashSet<>();
  private final Set<String> newSchemas = new HashSet<>();
  private final Set<String> droppedIndexes = new HashSet<>();
  private final StringBuilder ofInvalid = new StringBuilder();
  private boolean explicitTransaction;
  private boolean timeZone;
  private boolean readsValidity;

  /**
   * A new script begins.
   *
   * @param readsValidity whether it looks somewhere at whether indexes are valid
   */
  void newScript(boolean readsValidity) {
    this.readsValidity = readsValidity;
    ofInvalid.setLength(0);
    timeZone = false;
    newTransaction();
    droppedIndexes.clear();
    explicitTransaction = false;
  }

  /** A transaction has ended. */
  void newTransaction() {
    held.clear();
    notValid.clear();
  }

  /** What was made so far counts as existing from now on. */
  void forgetWhatIsNew() {
    newTypes.clear();
    newSchemas.clear();
  }

  void saw(Observation observation) {
    observation
        .locks()
        .forEach(
            (table, lock) ->
                held.merge(table, lock, (one, other) -> one.compareTo(other) > 0 ? one : other));
  }

  /** The locks on existing tables that others wait for, held by this transaction. */
  Map<String, TableLock> held() {
    return held;
  }

  Set<String> notValid() {
    return notValid;
  }

  Set<String> newTypes() {
    return newTypes;
  }

  Set<String> newSchemas() {
    return newSchemas;
  }

  Set<String> droppedIndexes() {
    return droppedIndexes;
  }

  /** Whether the script looks somewhere, perhaps later, at whether indexes are valid. */
  boolean readsValidity() {
    return readsValidity;
  }

  /** A block that looks at whether indexes are valid. */
  void looksForInvalid(String block) {
    ofInvalid.append(block).append('\n');
  }

  /** Whether such a block has named an index. */
  boolean saysOfInvalid(String index) {
    return !index.isEmpty() && ofInvalid.indexOf(index) >= 0;
  }

  /** The script says in which time zone it runs. */
  void setsTimeZone() {
    timeZone = true;
  }

  boolean timeZone() {
    return timeZone;
  }

  boolean explicitTransaction() {
    return explicitTransaction;
  }

  void explicitTransaction(boolean open) {
    explicitTransaction = open;
  }
}
