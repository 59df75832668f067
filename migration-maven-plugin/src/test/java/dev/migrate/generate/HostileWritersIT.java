package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import dev.migrate.history.BaselineGuard;
import dev.migrate.history.HistoryOptions;
import dev.migrate.model.CommandLineNames;
import dev.migrate.model.ModelAnnotations;
import dev.migrate.model.ModelText;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.parser.ParseResult;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.rehearse.RehearsalResult;
import dev.migrate.report.DiffText;
import dev.migrate.report.JUnitReport;
import dev.migrate.report.Output;
import dev.migrate.report.RehearsalText;
import dev.migrate.report.TerminalStyle;
import dev.migrate.report.VerificationJson;
import dev.migrate.report.VerificationText;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;
import dev.migrate.text.HostileNames;
import dev.migrate.text.PlainText;
import dev.migrate.verify.Check;
import dev.migrate.verify.CheckFinding;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Ten thousand names and as many texts through what writes them, read back by a JSON parser and an
 * XML parser. PostgreSQL's grammar, which takes its time, reads the first five hundred of them, and
 * with {@code -Dnames.parsed=10000} all; {@code -Dnames.seed} gives other ones.
 */
@DisplayName("Ten thousand hostile names and texts")
class HostileWritersIT {
  private static final int COUNT = 10_000;
  private static final int PARSED = Integer.getInteger("names.parsed", 500);
  private static final int BATCH = 500;
  private static final List<String> NAMES = HostileNames.names(COUNT);
  private static final List<String> TEXTS = HostileNames.texts(COUNT);
  private static final PostgresParser PARSER = new PostgresParser();

  @TempDir private Path folder;

  /** Something to do with some of the names and as many texts. */
  private interface Batch {
    void run(List<String> names, List<String> texts) throws Exception;
  }

  private static void inBatches(Batch batch) throws Exception {
    inBatches(COUNT, batch);
  }

  private static void inBatches(int count, Batch batch) throws Exception {
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      try {
        batch.run(NAMES.subList(from, to), TEXTS.subList(from, to));
      } catch (AssertionError e) {
        throw new AssertionError("seed %d, from %d".formatted(HostileNames.SEED, from), e);
      }
    }
  }

  /** A table of each name, with a column of the same, and a text as the comment on the table. */
  private static Schema schema(List<String> names, List<String> texts) {
    List<Fact> facts = new ArrayList<>();
    Map<FactId, List<String>> order = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      FactId table = FactId.of(Kind.TABLE, "public", names.get(i));
      FactId column = FactId.of(Kind.COLUMN, "public", names.get(i), names.get(i));
      facts.add(Fact.of(table).build());
      facts.add(Fact.of(column).parent(table).text(Attribute.TYPE, "text").build());
      facts.add(
          Fact.of(FactId.about(Kind.COMMENT, table))
              .parent(table)
              .text(Attribute.TEXT, texts.get(i))
              .build());
      order.put(table, List.of(names.get(i)));
    }
    return new Schema(facts, List.of(), order, Schema.Origin.UNKNOWN);
  }

  private static Schema empty() {
    return Schemas.of().build();
  }

  private static Plan plan(Schema schema) {
    return AllRules.planner().plan(empty(), schema, PlanOptions.standard());
  }

  private static List<SyntaxNode> parsed(String sql) {
    ParseResult parsed = PARSER.parse(sql);
    assertThat(parsed).isInstanceOf(ParseResult.Statements.class);
    return ((ParseResult.Statements) parsed).nodes();
  }

  private static void assertSame(
      List<SyntaxNode> statements, List<String> names, List<String> texts) {
    assertThat(statements).hasSize(2 * names.size());
    List<String> tables = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (SyntaxNode statement : statements) {
      if (statement.is("CreateStmt")) {
        tables.add(statement.node("relation").orElseThrow().text("relname"));
        columns.add(statement.list("tableElts").get(0).text("colname"));
      } else {
        assertThat(statement.kind()).isEqualTo("CommentStmt");
        comments.add(statement.text("comment"));
      }
    }
    assertThat(tables).containsExactlyInAnyOrderElementsOf(names);
    assertThat(columns).containsExactlyInAnyOrderElementsOf(names);
    assertThat(comments).containsExactlyInAnyOrderElementsOf(texts);
  }

  private static void assertPlain(List<String> lines) {
    for (String line : lines) {
      assertThat(line.codePoints().allMatch(c -> c == '\t' || PlainText.isPlain(c)))
          .as("%s", line)
          .isTrue();
    }
  }

  @Test
  @DisplayName("make a model of as many statements, with the same names and texts")
  void model() throws Exception {
    inBatches(
        PARSED,
        (names, texts) -> {
          Schema schema = schema(names, texts);
          String model = ModelText.of(plan(schema), schema, texts.get(0), ModelAnnotations.NONE);
          assertSame(parsed(model), names, texts);
          assertSame(parsed(plan(schema).sql()), names, texts);
        });
  }

  @Test
  @DisplayName("make revisions of as many statements, whatever the hazards say")
  void revision() throws Exception {
    inBatches(
        PARSED,
        (names, texts) -> {
          Schema schema = schema(names, texts);
          List<ObservedStatement> seen = new ArrayList<>();
          for (Statement statement : plan(schema).statements()) {
            String name = statement.about().lastName();
            String text = texts.get(seen.size() % texts.size());
            Statement dangerous =
                statement
                    .with(new Hazard.LosesData("column " + name))
                    .with(new Hazard.MayFailOnRows("SELECT 1 FROM " + SqlNames.quote(name), text))
                    .with(new Hazard.MayFailOnRows("", text))
                    .with(new Hazard.ChangesAccess(Hazard.ChangesAccess.Direction.WIDENS, text))
                    .with(new Hazard.RewritesTable(name))
                    .with(new Hazard.ScansTable(text))
                    .with(new Hazard.LosesGrants(name))
                    .with(new Hazard.NoOnlineForm(text))
                    .with(new Hazard.Blocks("ACCESS EXCLUSIVE", name));
            seen.add(new ObservedStatement(dangerous, null));
          }
          ProofResult.Step step =
              new ProofResult.Step(empty(), schema, empty(), seen, List.of(seen));
          assertSame(parsed(RevisionScript.upgrade(step)), names, texts);
          assertSame(parsed(RevisionScript.downgrade(step)), names, texts);
        });
  }

  @Test
  @DisplayName("make suggestions, questions and parameters of one line")
  void suggestion() throws Exception {
    inBatches(
        (names, texts) -> {
          List<String> said = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            Schema one = schema(names.subList(i, i + 1), texts.subList(i, i + 1));
            FactId table = FactId.of(Kind.TABLE, "public", names.get(i));
            FactId other = FactId.of(Kind.TABLE, "public", texts.get(i) + i);
            Rename rename = new Rename.OfFact(table, other);
            Rename value = new Rename.OfEnumValue(table.as(Kind.ENUM), names.get(i), texts.get(i));
            Diff diff = Diff.between(empty(), one);
            said.add(MessageSuggestion.of(diff.changes(), List.of()));
            said.add(MessageSuggestion.of(diff.changes(), List.of(rename, value)));
            for (Rename renamed : List.of(rename, value)) {
              said.add(CommandLineNames.words(renamed));
              said.add(CommandLineNames.flag(renamed));
              assertThat(CommandLineNames.matches(renamed, CommandLineNames.flag(renamed)))
                  .isTrue();
            }
            diff.changes().forEach(change -> said.add(ChangeText.line(change)));
          }
          assertPlain(said);
        });
  }

  @Test
  @DisplayName("stay within the callback that guards a baseline")
  void guard() throws Exception {
    inBatches(
        PARSED,
        (names, texts) -> {
          StringBuilder all = new StringBuilder();
          for (int i = 0; i < names.size(); i++) {
            HistoryOptions defaults = HistoryOptions.defaults();
            HistoryOptions options = defaults.in(names.get(i)).withTable(names.get(i));
            all.append(BaselineGuard.sql(options, RevisionId.of("7"), texts.get(i)));
          }
          assertThat(parsed(all.toString()))
              .hasSize(names.size())
              .allMatch(statement -> statement.is("DoStmt"));
        });
  }

  private List<String> lines(Supplier<List<String>> text) throws IOException {
    Path file = folder.resolve("result.txt");
    output("text", file).result(text, JsonObject::new);
    List<String> lines = Files.readAllLines(file);
    assertPlain(lines);
    return lines;
  }

  private JsonObject json(Supplier<JsonObject> document) throws IOException {
    Path file = folder.resolve("result.json");
    output("json", file).result(List::of, document);
    String text = Files.readString(file);
    assertPlain(text.lines().toList());
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private Output output(String format, Path file) {
    return Output.of(
        format, List.of("text", "json"), file.toString(), folder, line -> {}, line -> {});
  }

  @Test
  @DisplayName("are told apart in a difference, and read back from its JSON")
  void difference() throws Exception {
    inBatches(
        (names, texts) -> {
          Schema schema = schema(names, texts);
          Diff diff = Diff.between(empty(), schema);
          DiffText text = new DiffText(empty(), schema, diff, plan(schema), TerminalStyle.COLOUR);
          assertThat(lines(text::tree)).hasSize(3 * names.size());
          List<String> read = new ArrayList<>();
          JsonObject document = json(text::json);
          document
              .getAsJsonArray("changes")
              .forEach(
                  change -> {
                    JsonObject one = change.getAsJsonObject();
                    if (one.get("kind").getAsString().equals("table")) {
                      read.add(one.getAsJsonArray("names").get(1).getAsString());
                    }
                  });
          assertThat(read).containsExactlyInAnyOrderElementsOf(names);
        });
  }

  @Test
  @DisplayName("are told apart in the results of checks, and read back from their JSON and XML")
  void verification() throws Exception {
    inBatches(
        (names, texts) -> {
          List<CheckFinding> findings = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            findings.add(
                new CheckFinding(
                    names.get(i),
                    "The table " + PlainText.line(names.get(i)) + ".",
                    "Mend it.",
                    List.of(texts.get(i))));
          }
          CheckResult failed =
              new CheckResult(
                  Check.values()[0],
                  CheckResult.Status.FAILED,
                  "no",
                  findings,
                  List.of(),
                  Duration.ZERO);
          Verification verification = new Verification(List.of(failed), false);
          List<String> lines =
              lines(() -> new VerificationText(verification, TerminalStyle.COLOUR).lines());
          assertThat(lines.stream().filter(line -> line.startsWith("      What to do:")))
              .hasSize(names.size());
          JsonObject document = new JsonObject();
          VerificationJson.add(document, verification);
          List<String> subjects = new ArrayList<>();
          json(() -> document)
              .getAsJsonArray("checks")
              .get(0)
              .getAsJsonObject()
              .getAsJsonArray("findings")
              .forEach(one -> subjects.add(one.getAsJsonObject().get("subject").getAsString()));
          assertThat(subjects).isEqualTo(names);
          Path file = folder.resolve("junit.xml");
          JUnitReport.write(verification, file);
          Element suite =
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(file.toFile())
                  .getDocumentElement();
          NodeList failures = suite.getElementsByTagName("failure");
          assertThat(failures.getLength()).isEqualTo(1);
          assertThat(failures.item(0).getChildNodes().getLength()).isEqualTo(1);
          String content = failures.item(0).getTextContent();
          for (String name : names) {
            assertThat(content).contains("The table " + PlainText.line(name) + ".\n");
          }
        });
  }

  @Test
  @DisplayName("are told apart in a rehearsal, on the console and on its page")
  void rehearsal() throws Exception {
    Revision revision =
        new Revision(RevisionId.of("1"), "m", List.of(), List.of(), List.of(), null, "V1");
    inBatches(
        (names, texts) -> {
          List<RehearsalResult.TableEffect> effects = new ArrayList<>();
          names.forEach(
              name ->
                  effects.add(
                      new RehearsalResult.TableEffect(name, "SHARE", Duration.ZERO, true, 1, 1)));
          RehearsalResult.Run run =
              new RehearsalResult.Run(
                  revision,
                  RehearsalResult.Phase.values()[0],
                  Duration.ZERO,
                  effects,
                  0,
                  texts.get(0));
          RehearsalResult seen =
              new RehearsalResult(
                  names.get(0), "18", 0, Duration.ZERO, List.of(run), texts, true, true);
          assertThat(lines(() -> RehearsalText.of(seen)))
              .filteredOn(line -> line.startsWith("            ") && line.contains("rewritten"))
              .hasSize(names.size());
          List<String> page = lines(() -> RehearsalText.html(seen));
          assertThat(page).filteredOn(line -> line.endsWith("1 rows<br>")).hasSize(names.size());
          assertThat(String.join("\n", page)).doesNotContain("<script", "<!--", "]]>");
          List<String> read = new ArrayList<>();
          json(() -> RehearsalText.json(seen))
              .getAsJsonArray("runs")
              .get(0)
              .getAsJsonObject()
              .getAsJsonArray("tables")
              .forEach(one -> read.add(one.getAsJsonObject().get("table").getAsString()));
          assertThat(read).isEqualTo(names);
        });
  }
}
