package dev.migrate.loss;

import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Classifies a parsed SQL statement: whether it can lose data, and why that is so where its own
 * words do not say it. A statement of a kind that is not known here can.
 */
final class StatementEffects {
  /** It says so itself. */
  private static final Optional<String> LOSES = Optional.of("");

  private static final Optional<String> NOTHING = Optional.empty();

  /** What defines something, and neither has rows in it nor runs an expression. */
  private static final Set<String> DEFINITIONS =
      Set.of(
          "AlterCollationStmt",
          "AlterDatabaseSetStmt",
          "AlterDatabaseStmt",
          "AlterDefaultPrivilegesStmt",
          "AlterEnumStmt",
          "AlterEventTrigStmt",
          "AlterExtensionContentsStmt",
          "AlterFdwStmt",
          "AlterForeignServerStmt",
          "AlterFunctionStmt",
          "AlterObjectDependsStmt",
          "AlterOperatorStmt",
          "AlterOwnerStmt",
          "AlterPublicationStmt",
          "AlterRoleSetStmt",
          "AlterRoleStmt",
          "AlterStatsStmt",
          "AlterTSConfigurationStmt",
          "AlterTSDictionaryStmt",
          "AlterTableMoveAllStmt",
          "AlterTypeStmt",
          "AlterUserMappingStmt",
          "CommentStmt",
          "CompositeTypeStmt",
          "CreateAmStmt",
          "CreateConversionStmt",
          "CreateEnumStmt",
          "CreateExtensionStmt",
          "CreateFdwStmt",
          "CreateForeignServerStmt",
          "CreateOpFamilyStmt",
          "CreatePLangStmt",
          "CreatePublicationStmt",
          "CreateRangeStmt",
          "CreateRoleStmt",
          "CreateSeqStmt",
          "CreateTableSpaceStmt",
          "CreateUserMappingStmt",
          "CreatedbStmt",
          "DropRoleStmt",
          "DropUserMappingStmt",
          "GrantRoleStmt",
          "GrantStmt",
          "ImportForeignSchemaStmt",
          "ReassignOwnedStmt",
          "SecLabelStmt");

  /** What has to do with the session, or only looks. */
  private static final Set<String> PASSING =
      Set.of(
          "CheckPointStmt",
          "ClosePortalStmt",
          "ConstraintsSetStmt",
          "DeallocateStmt",
          "DeclareCursorStmt",
          "DiscardStmt",
          "FetchStmt",
          "ListenStmt",
          "LockStmt",
          "NotifyStmt",
          "UnlistenStmt",
          "VariableSetStmt",
          "VariableShowStmt");

  /** What has rows, or may be the type of a column that has some, or goes with much else. */
  private static final Set<String> DROPPED_WITH_DATA =
      Set.of(
          "OBJECT_TABLE",
          "OBJECT_FOREIGN_TABLE",
          "OBJECT_SCHEMA",
          "OBJECT_TYPE",
          "OBJECT_DOMAIN",
          "OBJECT_SEQUENCE",
          "OBJECT_EXTENSION");

  private static final Set<String> ALTERED_WITH_DATA =
      Set.of("AT_DropColumn", "AT_AlterColumnType", "AT_DropOids");

  private static final List<String> EQUAL = List.of("=");

  /** What BETWEEN and its kin stand for. */
  private static final List<List<String>> COMPARING =
      List.of(List.of("<"), List.of("<="), List.of(">"), List.of(">="));

  private static final Set<String> CHANGES = Set.of("DeleteStmt", "UpdateStmt", "MergeStmt");

  private final ScriptNames scope;
  private final RoutineBodies bodies;

  /** What routines do, as far as it has been asked; while one is read, it does nothing. */
  private final Map<String, Optional<String>> known = new HashMap<>();

  StatementEffects(ScriptNames scope, PostgresParser parser) {
    this.scope = scope;
    this.bodies = new RoutineBodies(parser);
  }

  /**
   * @param statement a statement
   * @param text the same as text; empty when it has none of its own
   * @return why it can lose data; empty when it cannot
   */
  Optional<String> of(SyntaxNode statement, String text) {
    String kind = statement.kind();
    if (PASSING.contains(kind)) {
      return held(statement);
    }
    if (DEFINITIONS.contains(kind)) {
      return defining();
    }
    return switch (kind) {
      case "SelectStmt", "InsertStmt", "DeleteStmt", "UpdateStmt", "MergeStmt", "CallStmt" ->
          first(
              () -> setOff(scope.anywhere()),
              () -> makesTable(statement) ? defining() : NOTHING,
              () -> held(statement));
      case "TransactionStmt" ->
          statement.text("kind").endsWith("_PREPARED")
              ? Optional.of("what was prepared is not known")
              : NOTHING;
      case "ExecuteStmt", "CreateTableAsStmt" ->
          first(() -> setOff(scope.anywhere()), this::defining, () -> held(statement));
      case "PrepareStmt" -> {
        scope.prepare(statement.text("name"));
        yield first(() -> setOff(scope.anywhere()), () -> held(statement));
      }
      case "ExplainStmt" -> explained(statement);
      case "CopyStmt" -> copied(statement);
      case "DoStmt" -> block(statement, text);
      case "AlterTableStmt" -> first(this::defining, () -> altered(statement));
      case "AlterSeqStmt" -> restarts(statement) ? LOSES : defining();
      case "DropStmt" -> dropped(statement) ? LOSES : defining();
      case "CreateStmt" -> first(this::defining, () -> created(statement));
      case "CreateSchemaStmt" -> first(this::defining, () -> schema(statement));
      case "IndexStmt",
          "RuleStmt",
          "AlterDomainStmt",
          "CreateDomainStmt",
          "CreateForeignTableStmt",
          "CreateStatsStmt",
          "AlterPolicyStmt",
          "CreatePolicyStmt" ->
          first(this::defining, () -> held(statement));
      case "RenameStmt", "AlterObjectSchemaStmt" -> {
        rename(statement);
        yield defining();
      }
      case "ViewStmt" -> {
        view(statement);
        yield defining();
      }
      case "CreateFunctionStmt" -> {
        function(statement, text);
        yield defining();
      }
      case "CreateTrigStmt" -> {
        scope.runsOnAdding(texts(statement.list("funcname")));
        yield defining();
      }
      case "CreateEventTrigStmt" -> {
        routines(texts(statement.list("funcname"))).forEach(scope::runsOnDefinition);
        yield NOTHING;
      }
      case "DefineStmt" -> first(this::defining, () -> defined(statement));
      case "CreateCastStmt", "CreateOpClassStmt", "AlterOpFamilyStmt", "CreateTransformStmt" -> {
        statement.walk(
            node -> {
              if (node.has("objname")) {
                List<String> part = texts(node.list("objname"));
                routines(part).forEach(scope::runsAnywhere);
                scope.setOff(Subject.OPERATOR, part, Use.ADD).forEach(scope::runsAnywhere);
              }
            });
        yield defining();
      }
      case "RefreshMatViewStmt" ->
          setOff(scope.setOff(Subject.RELATION, named(statement), Use.READ));
      case "VacuumStmt" -> rebuilt(statement, statement.list("rels").isEmpty());
      case "ClusterStmt" -> rebuilt(statement, statement.node("relation").isEmpty());
      case "ReindexStmt" ->
          rebuilt(statement, !statement.text("kind").equals("REINDEX_OBJECT_TABLE"));
      case "TruncateStmt", "DropOwnedStmt", "DropdbStmt" -> LOSES;
      default -> Optional.of("what it does is not known");
    };
  }

  /** Something to ask, the first answer of which is enough. */
  private interface Question {
    Optional<String> ask();
  }

  private static Optional<String> first(Question... questions) {
    for (Question question : questions) {
      Optional<String> why = question.ask();
      if (why.isPresent()) {
        return why;
      }
    }
    return NOTHING;
  }

  private Optional<String> defining() {
    return setOff(scope.onDefinition());
  }

  /** What runs because it stands somewhere in a statement. */
  private Optional<String> held(SyntaxNode statement) {
    return held(statement, true);
  }

  private Optional<String> held(SyntaxNode statement, boolean executed) {
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
      return LOSES;
    }
    if (node.is("InsertStmt") || node.is("MergeStmt")) {
      return executed ? inserted(node) : NOTHING;
    }
    if (node.is("ExecuteStmt") && !scope.isPrepared(node.text("name"))) {
      return Optional.of("what was prepared is not known");
    }
    if (node.is("FuncCall") || node.is("funccall")) {
      return called(node, whole);
    }
    if (node.has("relname")) {
      return setOff(scope.setOff(Subject.RELATION, names(node), Use.READ));
    }
    if (node.has("typemod") && node.has("names")) {
      return typed(texts(node.list("names")));
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
    return first(
        () -> setOff(scope.setOff(Subject.TYPE, type, Use.ADD)),
        () -> setOff(scope.setOff(Subject.RELATION, type, Use.REBUILD)));
  }

  private Optional<String> operator(SyntaxNode node) {
    List<String> operator =
        switch (node.kind()) {
          case "A_Expr" -> texts(node.list("name"));
          case "SubLink" ->
              node.has("testexpr") && !node.has("operName") ? EQUAL : texts(node.list("operName"));
          case "SortBy" -> texts(node.list("useOp"));
          case "JoinExpr", "CaseExpr", "GroupingSet" -> EQUAL;
          default -> List.of();
        };
    if (operator.isEmpty()) {
      return NOTHING;
    }
    Set<String> found = new LinkedHashSet<>(scope.setOff(Subject.OPERATOR, operator, Use.ADD));
    if (operator.get(0).contains("BETWEEN")) {
      COMPARING.forEach(one -> found.addAll(scope.setOff(Subject.OPERATOR, one, Use.ADD)));
    }
    return setOff(found);
  }

  /** {@code t.f} is {@code f(t)} where t has no such column. */
  private Optional<String> asAttribute(List<SyntaxNode> fields) {
    List<String> names = texts(fields);
    return names.isEmpty()
        ? NOTHING
        : setOff(routines(names.subList(names.size() - 1, names.size())));
  }

  private Optional<String> inserted(SyntaxNode insert) {
    boolean overwrites =
        insert
            .node("onConflictClause")
            .filter(clause -> clause.text("action").equals("ONCONFLICT_UPDATE"))
            .isPresent();
    return overwrites ? LOSES : added(names(insert.node("relation").orElseThrow()));
  }

  /** What adding rows to a table sets off. */
  private Optional<String> added(List<String> table) {
    Optional<String> why = setOff(scope.setOff(Subject.RELATION, table, Use.ADD));
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
    List<String> names = texts(call.list("funcname"));
    if (call.text("funcformat").equals("COERCE_SQL_SYNTAX")) {
      return NOTHING; // the grammar's own name for something like EXTRACT
    }
    if (names.get(names.size() - 1).equals("setval") && scope.routines(names).isEmpty()) {
      return overwritesPosition(call, whole) ? LOSES : NOTHING;
    }
    return call(names);
  }

  /** A number of its own; one that is taken from a table brings a sequence where its rows are. */
  private static boolean overwritesPosition(SyntaxNode setval, SyntaxNode whole) {
    List<SyntaxNode> arguments = setval.list("args");
    boolean constant = arguments.size() > 1 && arguments.get(1).is("A_Const");
    return constant && !anyIn(whole, node -> node.has("relname"));
  }

  private static boolean makesTable(SyntaxNode statement) {
    return anyIn(statement, node -> node.has("intoClause") || node.is("CreateTableAsStmt"));
  }

  private static boolean anyIn(SyntaxNode whole, Predicate<SyntaxNode> wanted) {
    boolean[] found = {false};
    whole.walk(node -> found[0] |= wanted.test(node));
    return found[0];
  }

  /** What a call can do, whichever routine of the name PostgreSQL would choose. */
  private Optional<String> call(List<String> names) {
    Set<String> routines = routines(names);
    if (!routines.isEmpty()) {
      Optional<String> why = setOff(routines);
      if (why.isPresent()) {
        return why;
      }
    }
    if (scope.isBuiltin(names)) {
      return scope.isHarmlessBuiltin(names)
          ? NOTHING
          : Optional.of("it calls " + String.join(".", names));
    }
    return routines.isEmpty()
        ? Optional.of("it calls " + String.join(".", names) + ", which is not known")
        : NOTHING;
  }

  private Set<String> routines(List<String> names) {
    Set<String> ids = new LinkedHashSet<>();
    scope.routines(names).forEach(routine -> ids.add(routine.id()));
    return ids;
  }

  private Optional<String> setOff(Set<String> routines) {
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
    return NOTHING;
  }

  private Optional<String> judged(Routine routine) {
    Optional<String> before = known.get(routine.id());
    if (before != null) {
      return before;
    }
    known.put(routine.id(), NOTHING);
    Optional<String> why =
        does(routine)
            .or(() -> setOff(Set.copyOf(routine.parts())))
            .map(ignored -> "it sets off " + routine.title());
    known.put(routine.id(), why);
    return why;
  }

  /** It may run something before its body: defaults, and the checks of what it is given. */
  private Optional<String> does(Routine routine) {
    Optional<String> why = bodies.head(routine).flatMap(this::held);
    if (why.isPresent()) {
      return why;
    }
    RoutineBodies.Content content = bodies.of(routine);
    if (content instanceof RoutineBodies.Content.Holds holds) {
      return held(holds.node());
    }
    return content instanceof RoutineBodies.Content.Runs runs ? run(runs) : LOSES;
  }

  private Optional<String> run(RoutineBodies.Content.Runs body) {
    for (RoutineBodies.Statement statement : body.statements()) {
      Optional<String> why = of(statement.node(), statement.text());
      if (why.isPresent()) {
        return why;
      }
    }
    return NOTHING;
  }

  private Optional<String> explained(SyntaxNode explain) {
    boolean runs =
        explain.list("options").stream()
            .filter(option -> option.text("defname").equals("analyze"))
            .anyMatch(option -> !Set.of("off", "false", "0").contains(value(option)));
    return first(
        () -> setOff(scope.anywhere()),
        () -> runs && makesTable(explain) ? defining() : NOTHING,
        () -> held(explain, runs));
  }

  private static String value(SyntaxNode option) {
    return option
        .node("arg")
        .map(arg -> arg.has("ival") ? arg.text("ival") : arg.text("sval") + arg.text("boolval"))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private Optional<String> copied(SyntaxNode copy) {
    if (copy.flag("is_program") || !copy.flag("is_from") && copy.has("filename")) {
      return Optional.of("what it does outside of the database is not known");
    }
    return first(
        () -> setOff(scope.anywhere()),
        () -> copy.flag("is_from") ? added(named(copy)) : NOTHING,
        () -> held(copy));
  }

  private Optional<String> block(SyntaxNode block, String text) {
    boolean plpgsql =
        block.list("args").stream()
            .filter(option -> option.text("defname").equals("language"))
            .allMatch(option -> value(option).equals("plpgsql"));
    if (!plpgsql || text.isEmpty()) {
      return Optional.of("what it does cannot be read");
    }
    return bodies.plpgsql(text) instanceof RoutineBodies.Content.Runs runs
        ? run(runs)
        : Optional.of("it runs what it puts together itself");
  }

  private Optional<String> altered(SyntaxNode alter) {
    for (SyntaxNode command : alter.list("cmds")) {
      if (ALTERED_WITH_DATA.contains(command.text("subtype")) || restarts(command)) {
        return LOSES;
      }
      if (command.text("subtype").equals("AT_AttachPartition")) {
        List<String> parent = named(alter);
        List<String> child = names(command.node("def").orElseThrow().node("name").orElseThrow());
        scope.alsoNamed(Subject.RELATION, parent, child);
        scope.alsoNamed(Subject.RELATION, child, parent);
      }
    }
    return first(
        () -> setOff(scope.setOff(Subject.RELATION, named(alter), Use.REBUILD)), () -> held(alter));
  }

  private static boolean restarts(SyntaxNode sequence) {
    return anyIn(sequence, node -> node.is("DefElem") && node.text("defname").equals("restart"));
  }

  private static boolean dropped(SyntaxNode drop) {
    return drop.text("behavior").equals("DROP_CASCADE")
        || DROPPED_WITH_DATA.contains(drop.text("removeType"));
  }

  /** A partition, a child or a likeness has what its model has. */
  private Optional<String> created(SyntaxNode create) {
    List<String> table = named(create);
    for (SyntaxNode parent : create.list("inhRelations")) {
      alsoHas(table, parent);
      if (create.has("partbound")) {
        // The rows of a default partition are looked through.
        Optional<String> why = setOff(scope.setOff(Subject.RELATION, names(parent), Use.REBUILD));
        if (why.isPresent()) {
          return why;
        }
      }
    }
    for (SyntaxNode element : create.list("tableElts")) {
      if (element.is("TableLikeClause")) {
        alsoHas(table, element.node("relation").orElseThrow());
      }
    }
    return held(create);
  }

  private void alsoHas(List<String> table, SyntaxNode model) {
    scope.alsoNamed(Subject.RELATION, names(model), table);
  }

  private Optional<String> schema(SyntaxNode create) {
    for (SyntaxNode element : create.list("schemaElts")) {
      Optional<String> why = of(element, "");
      if (why.isPresent()) {
        return why;
      }
    }
    return NOTHING;
  }

  private void rename(SyntaxNode statement) {
    known.clear();
    boolean moves = statement.is("AlterObjectSchemaStmt");
    String type = statement.text(moves ? "objectType" : "renameType");
    String other = statement.text(moves ? "newschema" : "newname");
    if (type.equals("OBJECT_SCHEMA")) {
      scope.alsoNamed(statement.text("subname"), other);
      return;
    }
    List<String> names =
        statement
            .node("relation")
            .map(StatementEffects::names)
            .or(
                () ->
                    statement
                        .node("object")
                        .map(
                            object ->
                                object.has("objname")
                                    ? texts(object.list("objname"))
                                    : object.names()))
            .orElse(List.of());
    if (names.isEmpty()) {
      return;
    }
    List<String> renamed = moves ? List.of(other, names.get(names.size() - 1)) : List.of(other);
    switch (type) {
      case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE" ->
          scope.alsoNamed(Subject.RELATION, names, renamed);
      case "OBJECT_TYPE", "OBJECT_DOMAIN" -> scope.alsoNamed(Subject.TYPE, names, renamed);
      case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE" ->
          scope.alsoNamed(names, renamed);
      default -> {
        // nothing that could be set off by its name
      }
    }
  }

  /** Whoever reads it runs its query; whoever adds rows to it, adds them to what is behind it. */
  private void view(SyntaxNode create) {
    List<String> view = names(create.node("view").orElseThrow());
    SyntaxNode query = create.node("query").orElseThrow();
    if (held(query).isPresent()) {
      String runs = unread(view);
      scope.make(Subject.RELATION, view, Use.READ, runs);
      if (create.flag("replace")) {
        scope.runsAnywhere(runs); // whatever has read the one before it
      }
    }
    query.walk(
        node -> {
          if (node.has("relname")) {
            scope.alsoNamed(Subject.RELATION, names(node), view);
          }
        });
  }

  private String unread(List<String> names) {
    return scope.make(names, "unread", "", List.of()).id();
  }

  private void function(SyntaxNode create, String text) {
    String language =
        create.list("options").stream()
            .filter(option -> option.text("defname").equals("language"))
            .map(StatementEffects::value)
            .findFirst()
            .orElse("sql");
    known.clear(); // what calls the one before it now calls this one
    scope.make(
        texts(create.list("funcname")), text.isEmpty() ? "unread" : language, text, List.of());
  }

  /** An aggregate or an operator calls the functions that its definition names. */
  private Optional<String> defined(SyntaxNode define) {
    List<String> names = texts(define.list("defnames"));
    List<String> parts = new ArrayList<>();
    for (SyntaxNode option : define.list("definition")) {
      option
          .node("arg")
          .ifPresent(arg -> parts.addAll(routines(arg.has("names") ? arg.names() : List.of(""))));
    }
    switch (define.text("kind")) {
      case "OBJECT_AGGREGATE" -> scope.make(names, "aggregate", "", parts);
      case "OBJECT_OPERATOR" ->
          parts.forEach(part -> scope.make(Subject.OPERATOR, names, Use.READ, part));
      case "OBJECT_TYPE" -> parts.forEach(scope::runsAnywhere);
      default -> {
        // collations and what text search needs call nothing that can be written in SQL
      }
    }
    return NOTHING;
  }

  private Optional<String> rebuilt(SyntaxNode statement, boolean all) {
    return all
        ? setOff(scope.setOffByAll(Use.REBUILD))
        : first(
            () -> {
              List<Optional<String>> found = new ArrayList<>();
              statement.walk(
                  node -> {
                    if (node.has("relname")) {
                      found.add(setOff(scope.setOff(Subject.RELATION, names(node), Use.REBUILD)));
                    }
                  });
              return found.stream().flatMap(Optional::stream).findFirst();
            });
  }

  /** The relation that a statement is about. */
  private static List<String> named(SyntaxNode statement) {
    return statement.node("relation").map(StatementEffects::names).orElse(List.of(""));
  }

  private static List<String> names(SyntaxNode relation) {
    return relation.has("schemaname")
        ? List.of(relation.text("schemaname"), relation.text("relname"))
        : List.of(relation.text("relname"));
  }

  private static List<String> texts(List<SyntaxNode> parts) {
    return parts.stream().filter(part -> part.is("String")).map(part -> part.text("sval")).toList();
  }
}
