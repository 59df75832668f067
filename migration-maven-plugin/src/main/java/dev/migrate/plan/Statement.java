package dev.migrate.plan;

import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One SQL statement of a plan, with its operation and its hazards.
 *
 * @param operation what it does, with the SQL for it
 * @param about the fact that it makes true, untrue or different
 * @param hazards what it can do
 * @param commitBefore whether what came before must be committed first, because PostgreSQL does not
 *     let it be used in the transaction that made it
 * @param repeatable whether it runs outside a transaction and does no harm when it runs again;
 *     those that follow one another make one script
 * @param parts the statements that it stands for, when it does in one what each of them does; else
 *     none
 */
public record Statement(
    Operation operation,
    FactId about,
    List<Hazard> hazards,
    boolean commitBefore,
    boolean repeatable,
    List<Statement> parts) {

  /**
   * @param operation what it does
   * @param about the fact it is about
   * @param hazards what it can do
   * @param commitBefore whether what came before must be committed first
   * @param repeatable whether it runs outside a transaction, again if need be
   * @param parts the statements that it stands for
   */
  public Statement {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(about, "about");
    hazards = List.copyOf(hazards);
    parts = List.copyOf(parts);
  }

  /**
   * @param operation does in one what the parts do
   * @param parts at least one statement, in order
   * @return one for all of them, with what each of them can do
   */
  static Statement together(Operation operation, List<Statement> parts) {
    return new Statement(
        operation,
        parts.get(0).about(),
        parts.stream().flatMap(part -> part.hazards().stream()).distinct().toList(),
        false,
        false,
        parts);
  }

  /**
   * @return what it is about; of one that stands for several, what each of them is about
   */
  public Set<FactId> subjects() {
    return parts.isEmpty()
        ? Set.of(about)
        : parts.stream().map(Statement::about).collect(Collectors.toSet());
  }

  /**
   * @param about the fact it is about
   * @param operation what it does
   * @return the statement without hazards
   */
  public static Statement of(FactId about, Operation operation) {
    return new Statement(operation, about, List.of(), false, false, List.of());
  }

  /**
   * @param about the fact that comes to be
   * @param sql the statement, without the semicolon
   * @return the statement without hazards
   */
  public static Statement creating(FactId about, String sql) {
    return of(about, new Operation.Create(sql));
  }

  /**
   * @param about the fact that comes to be
   * @param object what it is, from its keyword on: of a kind for which there is OR REPLACE
   * @return the CREATE of it, without hazards
   */
  public static Statement creatingReplaceable(FactId about, String object) {
    return of(about, new Operation.CreateReplaceable(object, false));
  }

  /**
   * @param about the fact that goes
   * @param sql the statement, without the semicolon
   * @return the statement without hazards
   */
  public static Statement dropping(FactId about, String sql) {
    return of(about, new Operation.Drop(sql));
  }

  /**
   * @param about the fact that becomes different
   * @param sql the statement, without the semicolon
   * @return the statement without hazards
   */
  public static Statement changing(FactId about, String sql) {
    return of(about, new Operation.Change(sql));
  }

  /**
   * @param about the fact whose rows or numbers it reads or writes
   * @param sql the statement, without the semicolon
   * @return the statement without hazards
   */
  public static Statement running(FactId about, String sql) {
    return of(about, new Operation.Run(sql));
  }

  /**
   * @param about the fact that a setting is for
   * @param sql the statement, without the semicolon
   * @return the statement without hazards
   */
  public static Statement setting(FactId about, String sql) {
    return of(about, new Operation.Set(sql));
  }

  /**
   * @param about a table or something in a table, by whose first two names the table is known
   * @param action what is done to the table
   * @return the ALTER TABLE, without hazards
   */
  public static Statement altering(FactId about, TableAction action) {
    return altering(about, FactNames.qualified(about), false, action);
  }

  /**
   * @param about the fact that it makes true, untrue or different
   * @param table the table, as an identifier
   * @param only whether its children are left alone
   * @param action what is done to the table
   * @return the ALTER TABLE, without hazards
   */
  public static Statement altering(FactId about, String table, boolean only, TableAction action) {
    return of(about, new Operation.AlterTable(table, only, List.of(action)));
  }

  /**
   * @return the SQL, without the semicolon
   */
  public String sql() {
    return operation.sql();
  }

  /**
   * @return whether its SQL is written over several lines
   */
  public boolean isLong() {
    return sql().indexOf('\n') >= 0;
  }

  /**
   * @param other what it does instead
   * @return this statement, doing that
   */
  public Statement doing(Operation other) {
    return new Statement(other, about, hazards, commitBefore, repeatable, parts);
  }

  /**
   * @param hazard another thing it can do
   * @return this statement with it
   */
  public Statement with(Hazard hazard) {
    List<Hazard> more = new ArrayList<>(hazards);
    more.add(hazard);
    return new Statement(operation, about, more, commitBefore, repeatable, parts);
  }

  /**
   * @param zone a time zone, as PostgreSQL names it
   * @return this statement, with that zone where it assumes one
   */
  public Statement in(String zone) {
    return new Statement(
        operation.in(zone),
        about,
        hazards.stream().filter(one -> !(one instanceof Hazard.AssumesTimeZone)).toList(),
        commitBefore,
        repeatable,
        parts.stream().map(part -> part.in(zone)).toList());
  }

  /**
   * @return this statement, to run after a commit
   */
  public Statement afterCommit() {
    return new Statement(operation, about, hazards, true, repeatable, parts);
  }

  /**
   * @return this statement, to run wherever it stands
   */
  public Statement withoutCommit() {
    return new Statement(operation, about, hazards, false, repeatable, parts);
  }

  /**
   * @return this statement, to run outside a transaction, again if need be
   */
  public Statement asRepeatable() {
    return new Statement(operation, about, hazards, commitBefore, true, parts);
  }

  /**
   * @return whether it can run in a transaction block
   */
  public boolean transactional() {
    return !repeatable && !hazards.contains(new Hazard.NotInTransaction());
  }

  @Override
  public String toString() {
    return sql() + ";";
  }
}
