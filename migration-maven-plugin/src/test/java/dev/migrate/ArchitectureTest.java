package dev.migrate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.target.SecureConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

@DisplayName("The package picture")
class ArchitectureTest {
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.migrate");

  /**
   * Each room, and the rooms it may see. {@code text}, {@code failure} and {@code sql} are the
   * ground they all stand on.
   */
  private static final Map<String, Set<String>> MAY_SEE =
      new TreeMap<>(
          Map.ofEntries(
              entry("text", Set.of()),
              entry("failure", Set.of()),
              entry("sql", Set.of()),
              // The one door to the disk.
              entry("files", Set.of()),
              entry("revision", Set.of()),
              entry("script", Set.of("files", "revision")),
              entry("schema", Set.of()),
              entry("introspect", Set.of("schema")),
              entry("diff", Set.of("schema")),
              entry("plan", Set.of("schema", "diff")),
              entry("target", Set.of()),
              entry("scratch", Set.of("files", "parser", "target")),
              entry("history", Set.of("revision", "script", "target")),
              // Revisions on scratch databases.
              entry(
                  "replay",
                  Set.of(
                      "files",
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "scratch",
                      "target",
                      "history")),
              // What statements do to tables and rows, made-up ones where there are none.
              entry("observe", Set.of("schema", "introspect", "plan", "scratch", "target")),
              // Where the wanted schema comes from.
              entry(
                  "model",
                  Set.of(
                      "files",
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "scratch",
                      "target",
                      "history",
                      "replay")),
              // New revisions, and the proof of them.
              entry(
                  "generate",
                  Set.of(
                      "files",
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "scratch",
                      "target",
                      "history",
                      "replay",
                      "observe",
                      "model")),
              // One baseline in the place of many revisions.
              entry(
                  "squash",
                  Set.of(
                      "files",
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "scratch",
                      "target",
                      "history",
                      "replay",
                      "model")),
              // Whether a whole history holds.
              entry(
                  "verify",
                  Set.of(
                      "files",
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "scratch",
                      "target",
                      "history",
                      "replay",
                      "observe",
                      "model",
                      "generate")),
              // What another tool has configured for a project, its scripts, and what of it is
              // taken.
              entry(
                  "adopt",
                  Set.of(
                      "sql",
                      "files",
                      "revision",
                      "script",
                      "introspect",
                      "history",
                      "replay",
                      "verify")),
              // PostgreSQL's grammar, for whoever has to know what a statement says.
              entry("parser", Set.of()),
              entry(
                  "lint",
                  Set.of(
                      "revision",
                      "script",
                      "plan",
                      "parser",
                      "scratch",
                      "target",
                      "history",
                      "replay",
                      "observe")),
              // What a script can take away decides whether a backup comes first.
              entry("loss", Set.of("parser", "target")),
              entry(
                  "backup",
                  Set.of(
                      "files",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "scratch",
                      "script",
                      "target")),
              entry(
                  "rehearse",
                  Set.of(
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "plan",
                      "scratch",
                      "target",
                      "history",
                      "backup")),
              // Upgrade and downgrade as use cases: guard, backup, run, the way back.
              entry(
                  "run",
                  Set.of("revision", "script", "target", "history", "parser", "loss", "backup")),
              entry(
                  "report",
                  Set.of(
                      "observe",
                      "model",
                      "generate",
                      "adopt",
                      "files",
                      "revision",
                      "script",
                      "history",
                      "schema",
                      "diff",
                      "plan",
                      "verify",
                      "lint",
                      "backup",
                      "rehearse",
                      "run")),
              entry(
                  "goal",
                  Set.of(
                      "adopt",
                      "files",
                      "revision",
                      "script",
                      "schema",
                      "introspect",
                      "diff",
                      "plan",
                      "target",
                      "scratch",
                      "history",
                      "replay",
                      "observe",
                      "model",
                      "generate",
                      "squash",
                      "verify",
                      "lint",
                      "backup",
                      "rehearse",
                      "run",
                      "report"))));

  private static final List<String> GROUND = List.of("text", "failure", "sql");
  private static final List<String> PURE = List.of("revision", "schema", "diff", "plan");

  @Test
  @DisplayName("every class lives in a room that the picture names")
  void everyClassHasARoom() {
    ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(
            MAY_SEE.keySet().stream().map(ArchitectureTest::of).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  @DisplayName("each room sees only the rooms the picture lets it see")
  void roomsSeeOnlyTheirNeighbours() {
    MAY_SEE.forEach(
        (room, seen) -> {
          List<String> allowed = new ArrayList<>(List.of(of(room)));
          GROUND.forEach(other -> allowed.add(of(other)));
          seen.forEach(other -> allowed.add(of(other)));
          ArchRuleDefinition.noClasses()
              .that()
              .resideInAPackage(of(room))
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage("dev.migrate..")
                      .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
              .allowEmptyShould(true)
              .check(CLASSES);
        });
  }

  @Test
  @DisplayName("there are no circles")
  void noCircles() {
    slices().matching("dev.migrate.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static final String[] IMPURE = {
    "org.apache.maven..",
    "java.sql..",
    "javax.sql..",
    "java.nio.file..",
    "java.io..",
    "org.jooq..",
    "org.flywaydb..",
    "org.postgresql.."
  };

  /** What of {@code sql} asks a database; the rest only writes. */
  private static final DescribedPredicate<JavaClass> ASKING =
      resideInAnyPackage(of("sql"))
          .and(
              describe(
                  "asks a database",
                  one ->
                      one.getDirectDependenciesFromSelf().stream()
                          .anyMatch(to -> resideInAnyPackage(IMPURE).test(to.getTargetClass()))));

  @Test
  @DisplayName("the pure rooms know neither Maven nor JDBC nor files nor jOOQ nor Flyway")
  void pureRoomsArePure() {
    PURE.forEach(
        room ->
            ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(of(room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(IMPURE).or(ASKING))
                .allowEmptyShould(true)
                .check(CLASSES));
  }

  @Test
  @DisplayName("only goals know Maven")
  void onlyGoalsKnowMaven() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(of("goal"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("only history, script and adopt know Flyway")
  void onlyHistoryKnowsFlyway() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(of("adopt"), of("history"), of("script"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.flywaydb..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("only script knows what is inside Flyway")
  void onlyScriptKnowsWhatIsInsideFlyway() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(of("script"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.flywaydb.core.internal..")
        .check(CLASSES);
  }

  /** What of the driver is meant for others: all else may be otherwise in its next version. */
  private static final String[] DRIVER_API = {
    "org.postgresql.PGConnection",
    "org.postgresql.copy.CopyIn",
    "org.postgresql.copy.CopyManager",
    "org.postgresql.copy.CopyOut",
    "org.postgresql.util.PSQLException",
    "org.postgresql.util.ServerErrorMessage"
  };

  @Test
  @DisplayName("only target knows what is inside PostgreSQL's driver")
  void onlyTargetKnowsTheDriver() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(of("target"))
        .and(not(name("dev.migrate.sql.PostgresError"))) // warnings say what errors say
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.postgresql..")
                .and(describe("inside", one -> !List.of(DRIVER_API).contains(one.getName()))))
        .check(CLASSES);
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(of("sql"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.postgresql..")
                .and(not(resideInAnyPackage("org.postgresql.util"))))
        .check(CLASSES);
  }

  @Test
  @DisplayName("one class opens connections, so that none has a schema of a database in its path")
  void oneDoor() {
    List<String> openers =
        List.of(
            Driver.class.getName(),
            DriverManager.class.getName(),
            DataSource.class.getName(),
            "org.postgresql.Driver",
            "org.postgresql.core.ConnectionFactory",
            "org.postgresql.jdbc.PgConnection");
    DescribedPredicate<JavaAccess<?>> opening =
        DescribedPredicate.describe(
            "opens a connection",
            access ->
                openers.contains(access.getTargetOwner().getName())
                        && !access.getName().equals("parseURL")
                    || access.getTargetOwner().getName().startsWith("org.postgresql.ds."));
    ArchRuleDefinition.noClasses()
        .that(not(equivalentTo(SecureConnections.class)))
        .and(not(name("dev.migrate.history.ForkedWork"))) // a migration's own, in its own process
        .and(not(assignableTo(PgConnection.class))) // what it opens
        .should()
        .accessTargetWhere(opening)
        .check(CLASSES);
  }

  /** Where SQL is written, and where one statement is put around another. */
  private static final String WRITERS =
      "dev\\.migrate\\.plan\\.(Statement|Operation(\\$.*)?|TableAction(\\$.*)?|online\\.StageWriter)";

  @Test
  @DisplayName("no planner asks the SQL of a statement what the statement does")
  void sqlIsNotRead() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("dev.migrate.plan..")
        .and(not(nameMatching(WRITERS)))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads its SQL",
                call ->
                    call.getName().equals("sql")
                        && List.of(Statement.class.getName(), Operation.class.getName())
                            .contains(call.getTargetOwner().getName())))
        .check(CLASSES);
  }

  /** Ways to double a quote, to take one of two away, and to have the driver do it. */
  private static final Pattern QUOTING =
      Pattern.compile(
          "\\(\\s*(\"\\\\\"\"|'\"'|\"'\"|'\\\\''),\\s*\"(\\\\\"\\\\\"|'')\""
              + "|\\(\\s*\"(\\\\\"\\\\\"|'')\",\\s*(\"\\\\\"\"|\"'\")"
              + "|(?i:enquote|escape)(Simple|NCharLiteral|Identifier|Literal)");

  @Test
  @DisplayName("one place quotes identifiers, and one literals")
  void onePlaceQuotes() throws IOException {
    assertThat(
            Stream.of(
                "name.replace(\"\\\"\", \"\\\"\\\"\")",
                "name.replace(\"\\\"\\\"\", \"\\\"\")",
                "text.replaceAll(\"'\", \"''\")",
                "statement.enquoteIdentifier(name, true)",
                "connection.escapeLiteral(text)",
                "Utils.escapeIdentifier(null, name)"))
        .allMatch(quoting -> QUOTING.matcher(quoting).find());
    Path sources = Path.of("src", "main", "java", "dev", "migrate");
    Set<String> places = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        if (QUOTING.matcher(Files.readString(file)).find()) {
          places.add(file.getFileName().toString());
        }
      }
    }
    assertThat(places).containsExactly("SqlLiteral.java", "SqlNames.java");
  }

  @Test
  @DisplayName("only parser knows that the grammar is WebAssembly")
  void onlyParserKnowsWebAssembly() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(of("parser"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.dylibso..")
        .check(CLASSES);
  }

  /** Calls of libraries that take a file and only read it, each with what it is for. */
  private static final Map<String, String> READ_BY_LIBRARIES = Map.of();

  @Test
  @DisplayName("only files changes what is on the disk, by references and libraries, too")
  void onlyFilesChangesTheDisk() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(of("files"))
        .should()
        .accessTargetWhere(
            describe(
                "it changes the disk",
                access ->
                    DiskAccess.changes(access)
                        && !READ_BY_LIBRARIES.containsKey(
                            access.getTargetOwner().getName() + "." + access.getName())))
        .check(CLASSES);
  }

  @Test
  @DisplayName("no way to change the disk is overlooked, and looking at it is free")
  void noWayIsOverlooked() {
    JavaClass ways = new ClassFileImporter().importClass(WaysToWrite.class);
    Set<String> caught = new TreeSet<>();
    for (JavaAccess<?> access : ways.getAccessesFromSelf()) {
      if (DiskAccess.changes(access)) {
        caught.add(access.getOrigin().getName());
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (JavaMethod way : ways.getMethods()) {
      if (!way.getName().startsWith("see") && !way.getModifiers().contains(SYNTHETIC)) {
        wanted.add(way.getName());
      }
    }
    assertThat(wanted).hasSizeGreaterThan(45);
    assertThat(caught).isEqualTo(wanted);
  }

  /** Another program may write, too; who starts one, and why that is no way past the door. */
  private static final Map<String, String> START_PROGRAMS =
      Map.of(
          "dev.migrate.scratch.SystemCommand",
          "cp and initdb, which are announced to the door by whoever calls it",
          "dev.migrate.scratch.Postmaster",
          "the server, which looks after its own files; its log is opened by the door",
          "dev.migrate.backup.ClientToolRun",
          "pg_dump, whose file is announced to the door; pg_restore and psql, which write into a"
              + " pipe or a database",
          "dev.migrate.backup.ClientTool",
          "asks programs for their versions",
          "dev.migrate.verify.Git",
          "git, which only reads",
          "dev.migrate.history.ForkedJava",
          "Java migrations of the project, which write where their authors want");

  @Test
  @DisplayName("programs are started where it is known what they write")
  void programs() {
    Set<String> starters = new TreeSet<>();
    for (JavaClass one : CLASSES) {
      for (JavaAccess<?> access : one.getAccessesFromSelf()) {
        String target = access.getTargetOwner().getName() + "." + access.getName();
        if (List.of("java.lang.ProcessBuilder.<init>", "java.lang.Runtime.exec").contains(target)) {
          starters.add(one.getName());
        }
      }
    }
    assertThat(starters).containsExactlyInAnyOrderElementsOf(START_PROGRAMS.keySet());
  }

  private static String of(String room) {
    return "dev.migrate." + room + "..";
  }
}
