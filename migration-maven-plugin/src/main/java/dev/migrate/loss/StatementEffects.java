package dev.migrate.loss;

import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Classifies a parsed SQL statement: whether it can lose data, and why that is so where its own
 * words do not say it. A statement of a kind that is not known here can.
 */
final class StatementEffects {

  private final SymbolTable scope;
  private final RoutineEffects routines;
  private final ExpressionEffects expressions;
  private final ScriptDefinitions definitions;

  StatementEffects(SymbolTable scope, PostgresParser parser) {
    this.scope = scope;
    this.routines = new RoutineEffects(scope, parser, this);
    this.expressions = new ExpressionEffects(scope, routines);
    this.definitions = new ScriptDefinitions(scope, routines, expressions);
  }

  /** What runs because it stands somewhere in it. */
  Optional<String> held(SyntaxNode node) {
    return expressions.held(node);
  }

  /**
   * @param text the same as text; empty when it has none of its own
   * @return why it can lose data; empty when it cannot
   */
  Optional<String> of(SyntaxNode statement, String text) {
    String kind = statement.kind();
    if (StatementKinds.PASSING.contains(kind)) {
      return expressions.held(statement);
    }
    if (StatementKinds.DEFINITIONS.contains(kind)) {
      return defining();
    }
    return switch (kind) {
      case "SelectStmt", "InsertStmt", "DeleteStmt", "UpdateStmt", "MergeStmt", "CallStmt" ->
          LossReason.first(
              () -> routines.setOff(scope.anywhere()),
              () -> makesTable(statement) ? defining() : LossReason.NOTHING,
              () -> expressions.held(statement));
      case "TransactionStmt" ->
          statement.text("kind").endsWith("_PREPARED")
              ? Optional.of("what was prepared is not known")
              : LossReason.NOTHING;
      case "ExecuteStmt", "CreateTableAsStmt" ->
          LossReason.first(
              () -> routines.setOff(scope.anywhere()),
              this::defining,
              () -> expressions.held(statement));
      case "PrepareStmt" -> {
        scope.prepare(statement.text("name"));
        yield LossReason.first(
            () -> routines.setOff(scope.anywhere()), () -> expressions.held(statement));
      }
      case "ExplainStmt" -> explained(statement);
      case "CopyStmt" -> copied(statement);
      case "DoStmt" -> routines.block(statement, text);
      case "AlterTableStmt" -> LossReason.first(this::defining, () -> altered(statement));
      case "AlterSeqStmt" -> restarts(statement) ? LossReason.LOSES : defining();
      case "DropStmt" -> dropped(statement) ? LossReason.LOSES : defining();
      case "CreateStmt" -> LossReason.first(this::defining, () -> created(statement));
      case "CreateSchemaStmt" -> LossReason.first(this::defining, () -> schema(statement));
      case "IndexStmt",
          "RuleStmt",
          "AlterDomainStmt",
          "CreateDomainStmt",
          "CreateForeignTableStmt",
          "CreateStatsStmt",
          "AlterPolicyStmt",
          "CreatePolicyStmt" ->
          LossReason.first(this::defining, () -> expressions.held(statement));
      case "RenameStmt", "AlterObjectSchemaStmt" -> {
        definitions.rename(statement);
        yield defining();
      }
      case "ViewStmt" -> {
        definitions.view(statement);
        yield defining();
      }
      case "CreateFunctionStmt" -> {
        definitions.function(statement, text);
        yield defining();
      }
      case "CreateTrigStmt" -> {
        scope.runsOnAdding(SyntaxNames.texts(statement.list("funcname")));
        yield defining();
      }
      case "CreateEventTrigStmt" -> {
        routines
            .ids(SyntaxNames.texts(statement.list("funcname")))
            .forEach(scope::runsOnDefinition);
        yield LossReason.NOTHING;
      }
      case "DefineStmt" -> LossReason.first(this::defining, () -> definitions.defined(statement));
      case "CreateCastStmt", "CreateOpClassStmt", "AlterOpFamilyStmt", "CreateTransformStmt" -> {
        statement.walk(
            node -> {
              if (node.has("objname")) {
                List<String> part = SyntaxNames.texts(node.list("objname"));
                routines.ids(part).forEach(scope::runsAnywhere);
                scope.setOff(Subject.OPERATOR, part, Use.ADD).forEach(scope::runsAnywhere);
              }
            });
        yield defining();
      }
      case "RefreshMatViewStmt" ->
          routines.setOff(scope.setOff(Subject.RELATION, SyntaxNames.named(statement), Use.READ));
      case "VacuumStmt" -> rebuilt(statement, statement.list("rels").isEmpty());
      case "ClusterStmt" -> rebuilt(statement, statement.node("relation").isEmpty());
      case "ReindexStmt" ->
          rebuilt(statement, !statement.text("kind").equals("REINDEX_OBJECT_TABLE"));
      case "TruncateStmt", "DropOwnedStmt", "DropdbStmt" -> LossReason.LOSES;
      default -> Optional.of("what it does is not known");
    };
  }

  private static boolean makesTable(SyntaxNode statement) {
    return SyntaxNames.anyIn(
        statement, node -> node.has("intoClause") || node.is("CreateTableAsStmt"));
  }

  private Optional<String> defining() {
    return routines.setOff(scope.onDefinition());
  }

  private Optional<String> explained(SyntaxNode explain) {
    boolean runs =
        explain.list("options").stream()
            .filter(option -> option.text("defname").equals("analyze"))
            .anyMatch(option -> !Set.of("off", "false", "0").contains(SyntaxNames.value(option)));
    return LossReason.first(
        () -> routines.setOff(scope.anywhere()),
        () -> runs && makesTable(explain) ? defining() : LossReason.NOTHING,
        () -> expressions.held(explain, runs));
  }

  private Optional<String> copied(SyntaxNode copy) {
    if (copy.flag("is_program") || !copy.flag("is_from") && copy.has("filename")) {
      return Optional.of("what it does outside of the database is not known");
    }
    return LossReason.first(
        () -> routines.setOff(scope.anywhere()),
        () ->
            copy.flag("is_from") ? expressions.added(SyntaxNames.named(copy)) : LossReason.NOTHING,
        () -> expressions.held(copy));
  }

  private Optional<String> altered(SyntaxNode alter) {
    for (SyntaxNode command : alter.list("cmds")) {
      if (StatementKinds.ALTERED_WITH_DATA.contains(command.text("subtype")) || restarts(command)) {
        return LossReason.LOSES;
      }
      if (command.text("subtype").equals("AT_AttachPartition")) {
        List<String> parent = SyntaxNames.named(alter);
        List<String> child =
            SyntaxNames.names(command.node("def").orElseThrow().node("name").orElseThrow());
        scope.alsoNamed(Subject.RELATION, parent, child);
        scope.alsoNamed(Subject.RELATION, child, parent);
      }
    }
    return LossReason.first(
        () ->
            routines.setOff(scope.setOff(Subject.RELATION, SyntaxNames.named(alter), Use.REBUILD)),
        () -> expressions.held(alter));
  }

  private static boolean restarts(SyntaxNode sequence) {
    return SyntaxNames.anyIn(
        sequence, node -> node.is("DefElem") && node.text("defname").equals("restart"));
  }

  private static boolean dropped(SyntaxNode drop) {
    return drop.text("behavior").equals("DROP_CASCADE")
        || StatementKinds.DROPPED_WITH_DATA.contains(drop.text("removeType"));
  }

  /** A partition, a child or a likeness has what its model has. */
  private Optional<String> created(SyntaxNode create) {
    List<String> table = SyntaxNames.named(create);
    for (SyntaxNode parent : create.list("inhRelations")) {
      definitions.alsoHas(table, parent);
      if (create.has("partbound")) {
        // The rows of a default partition are looked through.
        Optional<String> why =
            routines.setOff(scope.setOff(Subject.RELATION, SyntaxNames.names(parent), Use.REBUILD));
        if (why.isPresent()) {
          return why;
        }
      }
    }
    for (SyntaxNode element : create.list("tableElts")) {
      if (element.is("TableLikeClause")) {
        definitions.alsoHas(table, element.node("relation").orElseThrow());
      }
    }
    return expressions.held(create);
  }

  private Optional<String> schema(SyntaxNode create) {
    for (SyntaxNode element : create.list("schemaElts")) {
      Optional<String> why = of(element, "");
      if (why.isPresent()) {
        return why;
      }
    }
    return LossReason.NOTHING;
  }

  private Optional<String> rebuilt(SyntaxNode statement, boolean all) {
    return all
        ? routines.setOff(scope.setOffByAll(Use.REBUILD))
        : LossReason.first(
            () -> {
              List<Optional<String>> found = new ArrayList<>();
              statement.walk(
                  node -> {
                    if (node.has("relname")) {
                      found.add(
                          routines.setOff(
                              scope.setOff(
                                  Subject.RELATION, SyntaxNames.names(node), Use.REBUILD)));
                    }
                  });
              return found.stream().flatMap(Optional::stream).findFirst();
            });
  }
}
