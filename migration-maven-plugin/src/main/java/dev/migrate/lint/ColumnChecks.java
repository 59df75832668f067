package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lint rules about column types that are regretted later. */
final class ColumnChecks implements StatementCheck {
  private static final Set<String> NARROW = Set.of("int4", "int2");
  private static final Set<String> NARROW_SERIAL =
      Set.of("serial", "serial4", "smallserial", "serial2");

  @Override
  public void look(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    Stream<SyntaxNode> columns =
        switch (node.kind()) {
          case "CreateStmt" -> node.list("tableElts").stream().filter(one -> one.is("ColumnDef"));
          case "AlterTableStmt" ->
              node.list("cmds").stream()
                  .filter(command -> command.text("subtype").equals("AT_AddColumn"))
                  .flatMap(command -> command.node("def").stream());
          default -> Stream.empty();
        };
    columns.forEach(column -> look(subject, column, findings));
  }

  private static void look(LintedStatement subject, SyntaxNode column, Findings findings) {
    List<String> names = column.node("typeName").map(SyntaxNode::names).orElse(List.of());
    String type = names.isEmpty() ? "" : names.get(names.size() - 1);
    boolean counts =
        column.list("constraints").stream()
            .anyMatch(one -> one.text("contype").equals("CONSTR_IDENTITY"));
    String name = NameResolution.joined(List.of(column.text("colname")));
    if (NARROW_SERIAL.contains(type) || counts && NARROW.contains(type)) {
      findings.add(Rule.NARROW_KEY, subject.statement(), column, name);
    }
    if (type.equals("json")) {
      findings.add(Rule.JSON_COLUMN, subject.statement(), column, name);
    }
  }
}
