package dev.migrate.loss;

import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records what the statements of a script create and rename, so that a later statement of it is
 * judged by what it finds then.
 */
final class ScriptDefinitions {
  private final SymbolTable scope;
  private final RoutineEffects routines;
  private final ExpressionEffects expressions;

  ScriptDefinitions(SymbolTable scope, RoutineEffects routines, ExpressionEffects expressions) {
    this.scope = scope;
    this.routines = routines;
    this.expressions = expressions;
  }

  void alsoHas(List<String> table, SyntaxNode model) {
    scope.alsoNamed(Subject.RELATION, SyntaxNames.names(model), table);
  }

  void rename(SyntaxNode statement) {
    routines.forget();
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
            .map(SyntaxNames::names)
            .or(
                () ->
                    statement
                        .node("object")
                        .map(
                            object ->
                                object.has("objname")
                                    ? SyntaxNames.texts(object.list("objname"))
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
  void view(SyntaxNode create) {
    List<String> view = SyntaxNames.names(create.node("view").orElseThrow());
    SyntaxNode query = create.node("query").orElseThrow();
    if (expressions.held(query).isPresent()) {
      String runs = unread(view);
      scope.make(Subject.RELATION, view, Use.READ, runs);
      if (create.flag("replace")) {
        scope.runsAnywhere(runs); // whatever has read the one before it
      }
    }
    query.walk(
        node -> {
          if (node.has("relname")) {
            scope.alsoNamed(Subject.RELATION, SyntaxNames.names(node), view);
          }
        });
  }

  private String unread(List<String> names) {
    return scope.make(names, "unread", "", List.of()).id();
  }

  void function(SyntaxNode create, String text) {
    String language =
        create.list("options").stream()
            .filter(option -> option.text("defname").equals("language"))
            .map(SyntaxNames::value)
            .findFirst()
            .orElse("sql");
    routines.forget(); // what calls the one before it now calls this one
    scope.make(
        SyntaxNames.texts(create.list("funcname")),
        text.isEmpty() ? "unread" : language,
        text,
        List.of());
  }

  /** An aggregate or an operator calls the functions that its definition names. */
  Optional<String> defined(SyntaxNode define) {
    List<String> names = SyntaxNames.texts(define.list("defnames"));
    List<String> parts = new ArrayList<>();
    for (SyntaxNode option : define.list("definition")) {
      option
          .node("arg")
          .ifPresent(
              arg -> parts.addAll(routines.ids(arg.has("names") ? arg.names() : List.of(""))));
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
    return LossReason.NOTHING;
  }
}
