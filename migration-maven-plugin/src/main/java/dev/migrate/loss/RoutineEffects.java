package dev.migrate.loss;

import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Analyses the bodies of routines and DO blocks for data loss. */
final class RoutineEffects {
  private final SymbolTable scope;
  private final RoutineBodies bodies;
  private final StatementEffects statements;

  /** What routines do, as far as it has been asked; while one is read, it does nothing. */
  private final Map<String, Optional<String>> known = new HashMap<>();

  RoutineEffects(SymbolTable scope, PostgresParser parser, StatementEffects statements) {
    this.scope = scope;
    this.bodies = new RoutineBodies(parser);
    this.statements = statements;
  }

  /** Something else may have the names that were asked for. */
  void forget() {
    known.clear();
  }

  Set<String> ids(List<String> names) {
    Set<String> ids = new LinkedHashSet<>();
    scope.routines(names).forEach(routine -> ids.add(routine.id()));
    return ids;
  }

  Optional<String> setOff(Set<String> routines) {
    for (String id : Set.copyOf(routines)) {
      Routine routine = scope.routine(id).orElse(null);
      Optional<String> why =
          routine == null ? Optional.of("it calls what is not known") : judged(routine);
      if (why.isPresent()) {
        return why;
      }
      // A script may have put another in its place.
      if (routine != null && !routine.name().isEmpty()) {
        for (Routine other : scope.routines(List.of(routine.schema(), routine.name()))) {
          why = judged(other);
          if (why.isPresent()) {
            return why;
          }
        }
      }
    }
    return LossReason.NOTHING;
  }

  private Optional<String> judged(Routine routine) {
    Optional<String> before = known.get(routine.id());
    if (before != null) {
      return before;
    }
    known.put(routine.id(), LossReason.NOTHING);
    Optional<String> why =
        does(routine)
            .or(() -> setOff(Set.copyOf(routine.parts())))
            .map(ignored -> "it sets off " + routine.title());
    known.put(routine.id(), why);
    return why;
  }

  /** It may run something before its body: defaults, and the checks of what it is given. */
  private Optional<String> does(Routine routine) {
    Optional<String> why = bodies.head(routine).flatMap(statements::held);
    if (why.isPresent()) {
      return why;
    }
    RoutineBodies.Content content = bodies.of(routine);
    if (content instanceof RoutineBodies.Content.Holds holds) {
      return statements.held(holds.node());
    }
    return content instanceof RoutineBodies.Content.Runs runs ? run(runs) : LossReason.LOSES;
  }

  private Optional<String> run(RoutineBodies.Content.Runs body) {
    for (RoutineBodies.Statement statement : body.statements()) {
      Optional<String> why = statements.of(statement.node(), statement.text());
      if (why.isPresent()) {
        return why;
      }
    }
    return LossReason.NOTHING;
  }

  Optional<String> block(SyntaxNode block, String text) {
    boolean plpgsql =
        block.list("args").stream()
            .filter(option -> option.text("defname").equals("language"))
            .allMatch(option -> SyntaxNames.value(option).equals("plpgsql"));
    if (!plpgsql || text.isEmpty()) {
      return Optional.of("what it does cannot be read");
    }
    return bodies.plpgsql(text) instanceof RoutineBodies.Content.Runs runs
        ? run(runs)
        : Optional.of("it runs what it puts together itself");
  }
}
