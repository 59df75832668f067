package dev.migrate.loss;

import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds side effects in the expressions of a parsed statement: calls of functions, operators,
 * checks of types, and data-modifying subqueries.
 */
final class ExpressionEffects {
  private static final List<String> EQUAL = List.of("=");

  /** What BETWEEN and its kin stand for. */
  private static final List<List<String>> COMPARING =
      List.of(List.of("<"), List.of("<="), List.of(">"), List.of(">="));

  private static final Set<String> CHANGES = Set.of("DeleteStmt", "UpdateStmt", "MergeStmt");

  private final SymbolTable scope;
  private final RoutineEffects routines;

  ExpressionEffects(SymbolTable scope, RoutineEffects routines) {
    this.scope = scope;
    this.routines = routines;
  }

  /** What runs because it stands somewhere in a statement. */
  Optional<String> held(SyntaxNode statement) {
    return held(statement, true);
  }

  Optional<String> held(SyntaxNode statement, boolean executed) {
    List<String> found = new ArrayList<>(1);
    statement.walk(
        node -> {
          if (found.isEmpty()) {
            one(node, executed, statement).ifPresent(found::add);
          }
        });
    return found.stream().findFirst();
  }

  private Optional<String> one(SyntaxNode node, boolean executed, SyntaxNode whole) {
    if (executed && CHANGES.contains(node.kind()) && !onlyAdds(node)) {
      return LossReason.LOSES;
    }
    if (node.is("InsertStmt") || node.is("MergeStmt")) {
      return executed ? inserted(node) : LossReason.NOTHING;
    }
    if (node.is("ExecuteStmt") && !scope.isPrepared(node.text("name"))) {
      return Optional.of("what was prepared is not known");
    }
    if (node.is("FuncCall") || node.is("funccall")) {
      return called(node, whole);
    }
    if (node.has("relname")) {
      return routines.setOff(scope.setOff(Subject.RELATION, SyntaxNames.names(node), Use.READ));
    }
    if (node.has("typemod") && node.has("names")) {
      return typed(SyntaxNames.texts(node.list("names")));
    }
    if (node.is("ColumnRef") && node.list("fields").size() > 1) {
      return asAttribute(node.list("fields"));
    }
    if (node.is("A_Indirection")) {
      return asAttribute(node.list("indirection"));
    }
    return operator(node);
  }

  /** A value of a type is checked as its domains say; the rows of a table are a type, too. */
  private Optional<String> typed(List<String> type) {
    return LossReason.first(
        () -> routines.setOff(scope.setOff(Subject.TYPE, type, Use.ADD)),
        () -> routines.setOff(scope.setOff(Subject.RELATION, type, Use.REBUILD)));
  }

  private Optional<String> operator(SyntaxNode node) {
    List<String> operator =
        switch (node.kind()) {
          case "A_Expr" -> SyntaxNames.texts(node.list("name"));
          case "SubLink" ->
              node.has("testexpr") && !node.has("operName")
                  ? EQUAL
                  : SyntaxNames.texts(node.list("operName"));
          case "SortBy" -> SyntaxNames.texts(node.list("useOp"));
          case "JoinExpr", "CaseExpr", "GroupingSet" -> EQUAL;
          default -> List.of();
        };
    if (operator.isEmpty()) {
      return LossReason.NOTHING;
    }
    Set<String> found = new LinkedHashSet<>(scope.setOff(Subject.OPERATOR, operator, Use.ADD));
    if (operator.get(0).contains("BETWEEN")) {
      COMPARING.forEach(one -> found.addAll(scope.setOff(Subject.OPERATOR, one, Use.ADD)));
    }
    return routines.setOff(found);
  }

  /** {@code t.f} is {@code f(t)} where t has no such column. */
  private Optional<String> asAttribute(List<SyntaxNode> fields) {
    List<String> names = SyntaxNames.texts(fields);
    return names.isEmpty()
        ? LossReason.NOTHING
        : routines.setOff(routines.ids(names.subList(names.size() - 1, names.size())));
  }

  private Optional<String> inserted(SyntaxNode insert) {
    boolean overwrites =
        insert
            .node("onConflictClause")
            .filter(clause -> clause.text("action").equals("ONCONFLICT_UPDATE"))
            .isPresent();
    return overwrites
        ? LossReason.LOSES
        : added(SyntaxNames.names(insert.node("relation").orElseThrow()));
  }

  /** What adding rows to a table sets off. */
  Optional<String> added(List<String> table) {
    Optional<String> why = routines.setOff(scope.setOff(Subject.RELATION, table, Use.ADD));
    for (List<String> function : scope.triggers()) {
      why = why.isPresent() ? why : call(function);
    }
    return why;
  }

  private static boolean onlyAdds(SyntaxNode change) {
    return change.is("MergeStmt")
        && change.list("mergeWhenClauses").stream()
            .map(clause -> clause.text("commandType"))
            .allMatch(command -> command.equals("CMD_INSERT") || command.equals("CMD_NOTHING"));
  }

  private Optional<String> called(SyntaxNode call, SyntaxNode whole) {
    List<String> names = SyntaxNames.texts(call.list("funcname"));
    if (call.text("funcformat").equals("COERCE_SQL_SYNTAX")) {
      return LossReason.NOTHING; // the grammar's own name for something like EXTRACT
    }
    if (names.get(names.size() - 1).equals("setval") && scope.routines(names).isEmpty()) {
      return overwritesPosition(call, whole) ? LossReason.LOSES : LossReason.NOTHING;
    }
    return call(names);
  }

  /** A number of its own; one that is taken from a table brings a sequence where its rows are. */
  private static boolean overwritesPosition(SyntaxNode setval, SyntaxNode whole) {
    List<SyntaxNode> arguments = setval.list("args");
    boolean constant = arguments.size() > 1 && arguments.get(1).is("A_Const");
    return constant && !SyntaxNames.anyIn(whole, node -> node.has("relname"));
  }

  /** What a call can do, whichever routine of the name PostgreSQL would choose. */
  private Optional<String> call(List<String> names) {
    Set<String> found = routines.ids(names);
    if (!found.isEmpty()) {
      Optional<String> why = routines.setOff(found);
      if (why.isPresent()) {
        return why;
      }
    }
    if (scope.isBuiltin(names)) {
      return scope.isHarmlessBuiltin(names)
          ? LossReason.NOTHING
          : Optional.of("it calls " + String.join(".", names));
    }
    return found.isEmpty()
        ? Optional.of("it calls " + String.join(".", names) + ", which is not known")
        : LossReason.NOTHING;
  }
}
