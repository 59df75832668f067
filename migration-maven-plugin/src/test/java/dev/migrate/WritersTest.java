package dev.migrate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.migrate.sql.DollarQuote;
import dev.migrate.sql.SqlComment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every class that writes what comes from a database, a file or a server, and the test that sends
 * hostile names through it. Who adds one adds its test.
 */
@DisplayName("What writes names, comments and notices")
class WritersTest {
  /** It shows the texts of the plugin's own descriptor. */
  private static final String GENERATED_BY_MAVEN = "HelpMojo";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.migrate");

  /** Comments and dollar quotes in SQL. */
  private static final Map<String, String> SQL =
      Map.ofEntries(
          Map.entry("backup.BackupVerification", "backup.HostileNamesBackupIT"),
          Map.entry("rehearse.LockWatch", "rehearse.RehearsalIT"), // writes a name of ours
          Map.entry("backup.JdbcDump", "backup.HostileNamesBackupIT"),
          Map.entry(
              "report.ComparisonText", "generate.HostileWritersIT"), // the same plan, as it is
          Map.entry("adopt.ToolImport", "adopt.OtherToolTest"), // two words of ours
          Map.entry("history.BaselineGuard", "generate.HostileWritersIT"),
          Map.entry("history.SqlPreview", "history.SqlPreviewIT"),
          Map.entry("plan.online.Backfill", "generate.BackfillRevisionIT"),
          Map.entry("plan.online.PartitionedIndex", "generate.OnlineIT"), // names are literals
          Map.entry(
              "plan.online.StageScheduler", "generate.OnlineIT"), // says the same of every name
          Map.entry("plan.online.GuardedSql", "generate.BackfillRevisionIT"),
          Map.entry("squash.DataScript", "generate.HostileNamesIT"),
          Map.entry("model.ModelText", "generate.HostileWritersIT"),
          Map.entry("generate.RevisionScript", "generate.HostileWritersIT"),
          Map.entry("script.BranchMover", "script.HeaderWriterTest"), // writes ids alone
          Map.entry("script.HeaderWriter", "script.HeaderWriterTest"));

  /** Results of goals; they reach a console or a file through Output and the log alone. */
  private static final Map<String, String> RESULTS =
      Map.ofEntries(
          Map.entry("report.AdoptionText", "goal.HostileReportsTest"),
          Map.entry("report.BackupText", "goal.HostileReportsTest"),
          Map.entry("report.ComparisonText", "generate.HostileWritersIT"),
          Map.entry("report.GenerateText", "goal.HostileReportsTest"),
          Map.entry("report.DiffText", "generate.HostileWritersIT"),
          Map.entry("report.Durations", "goal.HostileReportsTest"),
          Map.entry("report.GraphDrawing", "report.GraphDrawingTest"),
          Map.entry("report.JUnitReport", "generate.HostileWritersIT"),
          Map.entry("report.Json", "generate.HostileWritersIT"),
          Map.entry("report.LintJson", "goal.HostileReportsTest"),
          Map.entry("report.LintText", "goal.HostileReportsTest"),
          Map.entry("report.Output", "generate.HostileWritersIT"),
          Map.entry("report.RehearsalText", "generate.HostileWritersIT"),
          Map.entry("report.RunText", "goal.HostileReportsTest"),
          Map.entry("report.Sizes", "goal.HostileReportsTest"),
          Map.entry("report.StampText", "goal.HostileReportsTest"),
          Map.entry("report.StateText", "goal.HostileReportsTest"),
          Map.entry("report.StandardOutput", "generate.HostileWritersIT"),
          Map.entry("report.TerminalStyle", "generate.HostileWritersIT"),
          Map.entry("report.VerificationJson", "generate.HostileWritersIT"),
          Map.entry("report.VerificationText", "generate.HostileWritersIT"));

  private static Set<String> classes(Predicate<JavaClass> which) {
    return CLASSES.stream()
        .filter(one -> !one.getSimpleName().equals(GENERATED_BY_MAVEN))
        .filter(which)
        .map(one -> one.getName().replaceFirst("^dev\\.migrate\\.", "").replaceFirst("\\$.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Predicate<JavaClass> uses(Class<?>... types) {
    Set<String> names = Stream.of(types).map(Class::getName).collect(Collectors.toSet());
    return one ->
        one.getDirectDependenciesFromSelf().stream()
            .anyMatch(seen -> names.contains(seen.getTargetClass().getName()));
  }

  private static Predicate<JavaClass> calls(String owner, String member) {
    return one ->
        one.getAccessesFromSelf().stream()
            .anyMatch(
                access ->
                    access.getTarget().getName().equals(member)
                        && access.getTargetOwner().isAssignableTo(owner));
  }

  private static void assertListed(Set<String> found, Map<String, String> listed) {
    assertThat(found).isEqualTo(new TreeMap<>(listed).keySet());
    listed
        .values()
        .forEach(
            test ->
                assertThat(Path.of("src/test/java/dev/migrate", test.replace('.', '/') + ".java"))
                    .exists());
  }

  @Test
  @DisplayName("in SQL is in the list, with the test that tries to get out of it")
  void sql() {
    assertListed(
        classes(
            one ->
                !one.getPackageName().equals("dev.migrate.text")
                    && uses(SqlComment.class, DollarQuote.class).test(one)),
        SQL);
  }

  @Test
  @DisplayName("in results is in the list, with its test")
  void results() {
    assertListed(
        classes(
            one ->
                one.getPackageName().equals("dev.migrate.report")
                    && one.getModifiers().contains(JavaModifier.PUBLIC)
                    && one.isTopLevelClass()),
        RESULTS);
  }

  @Test
  @DisplayName("reaches the console, the log, a failure, JSON and XML through one class each")
  void sinks() {
    assertThat(
            classes(
                one ->
                    calls("java.lang.System", "out").test(one)
                        || calls("java.lang.System", "err").test(one)))
        // The second is a process of its own, whose streams end up in a failure.
        .isEqualTo(Set.of("report.StandardOutput", "history.ForkedMain"));
    assertThat(classes(uses(dev.migrate.report.StandardOutput.class)))
        .isEqualTo(Set.of("goal.MigrateMojo", "report.Output"));
    assertThat(classes(uses(java.io.Console.class))).isEqualTo(Set.of("goal.Terminal"));
    assertThat(classes(assignableTo(org.apache.maven.plugin.AbstractMojo.class)::test))
        .allMatch(name -> name.startsWith("goal."));
    assertThat(
            classes(
                one ->
                    one.getRawSuperclass()
                        .filter(
                            parent ->
                                parent.isEquivalentTo(org.apache.maven.plugin.AbstractMojo.class))
                        .isPresent()))
        .isEqualTo(Set.of("goal.MigrateMojo"));
    assertThat(classes(assignableTo(org.apache.maven.plugin.logging.Log.class)::test))
        .isEqualTo(Set.of("goal.PlainLog"));
    assertThat(
            classes(
                one ->
                    calls("org.apache.maven.plugin.MojoFailureException", "<init>").test(one)
                        || calls("org.apache.maven.plugin.MojoExecutionException", "<init>")
                            .test(one)))
        .isEqualTo(Set.of("goal.MigrateMojo", "goal.ReactorModules"));
    // Three are files of ours that we read again; they keep what Gson escapes.
    assertThat(classes(uses(Gson.class)))
        .isEqualTo(
            Set.of(
                "backup.ManifestFile", "files.JournalEntry", "report.Json", "verify.ResultCache"));
    assertThat(classes(uses(XMLStreamWriter.class))).isEqualTo(Set.of("report.JUnitReport"));
  }

  /** Who reads SQL looks for hyphens and dollars; nobody but the two doors writes them. */
  @Test
  @DisplayName("never puts a comment or a dollar quote together by itself")
  void noOther() throws IOException {
    Pattern comment =
        Pattern.compile("(?<!\\\\)\"(\\\\n)*-- ?[^\\-\\w=\"]|(?<!\\\\)\"(\\\\n)*-- [^\"]*\"");
    Pattern dollars = Pattern.compile("\\bDO \\$|\"\\$\\$\"|\\$[a-z]+\\$");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(file)) {
          boolean code = !line.strip().startsWith("*") && !line.strip().startsWith("//");
          if (code && (comment.matcher(line).find() || dollars.matcher(line).find())) {
            found.add(file.getFileName() + ": " + line.strip());
          }
        }
      }
    }
    assertThat(found)
        .filteredOn(
            line -> !line.startsWith("SqlComment.java: ") && !line.startsWith("DollarQuote.java: "))
        .containsExactlyInAnyOrder(
            "RevisionHeader.java: return CommentLine.of(\"-- \" + message).key() != null;",
            "Rule.java: \"-- lint:ignore <rule>: <reason>\"),",
            "Suppressions.java: \"-- \" + content));",
            "Suppressions.java: \"-- \" + one.content));");
  }
}
