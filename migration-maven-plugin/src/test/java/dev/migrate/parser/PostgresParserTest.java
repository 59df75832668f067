package dev.migrate.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The parser")
class PostgresParserTest {
  private static final PostgresParser PARSER = new PostgresParser();

  private static SyntaxNode one(String sql) {
    return ((ParseResult.Statements) PARSER.parse(sql)).nodes().get(0);
  }

  @Test
  @DisplayName("gives a statement as the server would see it")
  void tree() {
    SyntaxNode index = one("CREATE UNIQUE INDEX CONCURRENTLY i ON app.\"Thing\" (lower(name))");
    assertThat(index.kind()).isEqualTo("IndexStmt");
    assertThat(index.flag("concurrent")).isTrue();
    assertThat(index.flag("if_not_exists")).isFalse();
    SyntaxNode table = index.node("relation").orElseThrow();
    assertThat(table.text("schemaname")).isEqualTo("app");
    assertThat(table.text("relname")).isEqualTo("Thing");
  }

  @Test
  @DisplayName("knows names in lists, and nodes at any depth")
  void namesAndDepth() {
    SyntaxNode drop = one("drop table a.b, c");
    assertThat(drop.list("objects"))
        .extracting(SyntaxNode::names)
        .containsExactly(List.of("a", "b"), List.of("c"));
    List<String> functions = new ArrayList<>();
    one("alter table t add c text default upper(lower('x'))")
        .walk(
            node -> {
              if (node.is("FuncCall")) {
                functions.add(node.list("funcname").get(0).text("sval"));
              }
            });
    assertThat(functions).containsExactly("upper", "lower");
  }

  @Test
  @DisplayName("counts characters, not bytes, when it says where something stands")
  void offsets() {
    String sql = "alter table \"Größe 📏\" add \"ä\" int, add b int";
    SyntaxNode second = one(sql).list("cmds").get(1).node("def").orElseThrow();
    assertThat(second.offset()).contains(sql.indexOf("b int"));
    ParseResult refused = PARSER.parse("select 'ä📏' frm x y");
    assertThat(refused)
        .isEqualTo(
            new ParseResult.Refused("syntax error at or near \"x\"", "select 'ä📏' frm ".length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter tabel t add c int",
        "select 'never closed",
        "create function f() returns int language sql as $$ select 1",
        "\0"
      })
  @DisplayName("refuses what PostgreSQL would refuse, and goes on with the next")
  void refuses(String sql) {
    assertThat(PARSER.parse(sql)).isInstanceOf(ParseResult.Refused.class);
    assertThat(one("select 1").kind()).isEqualTo("SelectStmt");
  }

  @Test
  @DisplayName("says so when a statement nests deeper than it can follow, and goes on")
  void tooDeep() {
    String sql = "select " + "(".repeat(50_000) + "1" + ")".repeat(50_000);
    assertThat(PARSER.parse(sql)).isInstanceOf(ParseResult.Refused.class);
    assertThat(one("select 1").kind()).isEqualTo("SelectStmt");
  }

  @Test
  @DisplayName("reads nothing and several statements")
  void noneAndSeveral() {
    assertThat(PARSER.parse("-- nothing")).isEqualTo(new ParseResult.Statements(List.of()));
    assertThat(((ParseResult.Statements) PARSER.parse("begin; commit")).nodes()).hasSize(2);
  }

  @Test
  @DisplayName("reads what a block in PL/pgSQL runs, its conditions as well")
  void bodies() {
    assertThat(
            PARSER.body(
                "do $$ declare n t.id%type; begin loop update t set a = 1 where id = n;"
                    + " exit when not found; commit; end loop; end $$"))
        .contains(
            new RoutineBody(
                List.of("update t set a = 1 where id = n", "SELECT not found"),
                List.of("boolean", "t"),
                false));
    assertThat(PARSER.body("do $$ begin execute 'drop table ' || t; end $$"))
        .contains(new RoutineBody(List.of(), List.of("boolean"), true));
    assertThat(PARSER.body("do $$ begni end $$")).isEmpty();
  }

  @Test
  @DisplayName("knows what is new in PostgreSQL 18")
  void newest() {
    SyntaxNode virtual = one("create table t (a int, b int generated always as (a * 2) virtual)");
    assertThat(virtual.kind()).isEqualTo("CreateStmt");
    assertThat(one("alter table t add constraint c not null a not valid").kind())
        .isEqualTo("AlterTableStmt");
  }

  @Test
  @DisplayName("is the module that its licence file names")
  void checksum() throws IOException, NoSuchAlgorithmException {
    String sum;
    String licence;
    try (InputStream module = PostgresParser.class.getResourceAsStream("libpg_query.wasm");
        InputStream text = PostgresParser.class.getResourceAsStream("LICENSE.txt")) {
      sum =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(module.readAllBytes()));
      licence = new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(licence).contains(sum);
  }
}
