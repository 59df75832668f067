package dev.migrate.plan;

import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One SQL statement of a plan, with what it can do to a running system.
 *
 * @param sql the statement, without the semicolon
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
    String sql,
    FactId about,
    List<Hazard> hazards,
    boolean commitBefore,
    boolean repeatable,
    List<Statement> parts) {

  /**
   * @param sql the statement, without the semicolon
   * @param about the fact it is about
   * @param hazards what it can do
   * @param commitBefore whether what came before must be committed first
   * @param repeatable whether it runs outside a transaction, again if need be
   * @param parts the statements that it stands for
   */
  public Statement {
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(about, "about");
    hazards = List.copyOf(hazards);
    parts = List.copyOf(parts);
  }

  /**
   * One that stands for itself.
   *
   * @param sql the statement, without the semicolon
   * @param about the fact it is about
   * @param hazards what it can do
   * @param commitBefore whether what came before must be committed first
   * @param repeatable whether it runs outside a transaction, again if need be
   */
  public Statement(
      String sql, FactId about, List<Hazard> hazards, boolean commitBefore, boolean repeatable) {
    this(sql, about, hazards, commitBefore, repeatable, List.of());
  }

  /**
   * @param sql does in one what the parts do
   * @param parts at least one statement, in order
   * @return one for all of them, with what each of them can do
   */
  static Statement together(String sql, List<Statement> parts) {
    return new Statement(
        sql,
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
   * @param sql the statement, without the semicolon
   * @return the statement without hazards
   */
  public static Statement of(FactId about, String sql) {
    return new Statement(sql, about, List.of(), false, false);
  }

  /**
   * @param hazard another thing it can do
   * @return this statement with it
   */
  public Statement with(Hazard hazard) {
    List<Hazard> more = new ArrayList<>(hazards);
    more.add(hazard);
    return new Statement(sql, about, more, commitBefore, repeatable, parts);
  }

  /**
   * @param zone a time zone, as PostgreSQL names it
   * @return this statement, with that zone where it assumes one
   */
  public Statement in(String zone) {
    String said = sql;
    List<Hazard> others = new ArrayList<>();
    for (Hazard hazard : hazards) {
      if (hazard instanceof Hazard.AssumesTimeZone assumed) {
        said = said.replace(Names.literal(assumed.zone()), Names.literal(zone));
      } else {
        others.add(hazard);
      }
    }
    return new Statement(
        said,
        about,
        others,
        commitBefore,
        repeatable,
        parts.stream().map(part -> part.in(zone)).toList());
  }

  /**
   * @return this statement, to run after a commit
   */
  public Statement afterCommit() {
    return new Statement(sql, about, hazards, true, repeatable, parts);
  }

  /**
   * @return this statement, to run wherever it stands
   */
  public Statement withoutCommit() {
    return new Statement(sql, about, hazards, false, repeatable, parts);
  }

  /**
   * @return this statement, to run outside a transaction, again if need be
   */
  public Statement asRepeatable() {
    return new Statement(sql, about, hazards, commitBefore, true, parts);
  }

  /**
   * @return whether it can run in a transaction block
   */
  public boolean transactional() {
    return !repeatable && !hazards.contains(new Hazard.NotInTransaction());
  }

  @Override
  public String toString() {
    return sql + ";";
  }
}
