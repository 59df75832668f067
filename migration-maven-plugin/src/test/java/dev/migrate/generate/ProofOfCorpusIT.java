package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.conformance.Case;
import dev.migrate.conformance.Corpus;
import dev.migrate.conformance.Pair;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import dev.migrate.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The proof of {@code generate}, rows made up, on pairs of the corpus: what the exams find right is
 * not stopped by a proof that judges too much. Eight pairs, spread over the corpus; {@code
 * -Dproof.sample=1000} runs all, {@code -Dproof.cases=file} those of a file of the conformance
 * cases. Left out are subscriptions, and bodies that the driver would split at their semicolons.
 */
@Thorough
@DisplayName("The proof of pairs of the corpus")
class ProofOfCorpusIT {
  private static final Scope SCOPE = Scope.standard().withPrivileges(true).withOwners(true);
  private static final int SAMPLE = Integer.getInteger("proof.sample", 8);
  private static final int NEWEST = 18;

  private final Set<String> roles = new TreeSet<>();
  private int touched;
  private int judged;

  @Test
  @DisplayName("goes through, up and down, and nothing is missing")
  void goesThrough() throws IOException, SQLException {
    List<String> stopped = new ArrayList<>();
    List<Pair> pairs = sample(pairs());
    for (Pair pair : pairs) {
      stopped(pair).ifPresent(why -> stopped.add(pair.id() + ": " + why));
    }
    System.out.printf(
        "%d pairs proven, rows judged for %d of %d tables%n",
        pairs.size() - stopped.size(), judged, touched);
    assertThat(stopped).isEmpty();
  }

  private List<Pair> pairs() throws IOException {
    String file = System.getProperty("proof.cases", "");
    if (!file.isEmpty()) {
      List<Case> cases = Case.read(Path.of(file));
      cases.forEach(one -> roles.addAll(one.roles));
      return cases.stream().filter(one -> one.minMajor() <= NEWEST).map(Case::pair).toList();
    }
    Corpus.ROLES.forEach(role -> roles.add(role.replace("\"", "")));
    List<String> known = Files.readAllLines(Corpus.FOLDER.resolve("failures.txt"));
    return Corpus.entries().stream()
        .filter(one -> one.refused().isEmpty() && !known.contains(NEWEST + " " + one.id()))
        .map(Corpus.Entry::pair)
        .filter(pair -> !pair.id().contains("subscription")) // such a database cannot be dropped
        .filter(
            pair -> !(pair.fromSql() + pair.toSql()).toUpperCase(Locale.ROOT).contains("ATOMIC"))
        .toList();
  }

  private static List<Pair> sample(List<Pair> all) {
    return SAMPLE >= all.size()
        ? all
        : IntStream.range(0, SAMPLE)
            .mapToObj(i -> all.get((int) ((long) i * all.size() / SAMPLE)))
            .toList();
  }

  /** Why a proof does not go through, if it does not. */
  private Optional<String> stopped(Pair pair) throws SQLException {
    roles.removeIf(role -> role.equalsIgnoreCase("public"));
    roles.forEach(
        role ->
            TestPostgres.server()
                .administer(
                    "DO $$BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %1$s) THEN CREATE ROLE %2$s; END IF; END$$"
                        .formatted(
                            dev.migrate.sql.SqlLiteral.literal(role),
                            dev.migrate.sql.SqlNames.quote(role))));
    try (ScratchDatabase base = database(pair.fromSql() + pair.rows());
        ScratchDatabase wanted = database(pair.toSql())) {
      ScratchWorkspace workspace = new ScratchWorkspace(TestPostgres.server(), base, false);
      Schema from = workspace.read(base, SCOPE);
      Schema to = workspace.read(wanted, SCOPE);
      if (from.equals(to)) {
        return Optional.empty();
      }
      ProofResult verdict =
          new Proof(workspace, SCOPE, AllRules.planner()::plan).of(from, to, pair.up().renames());
      touched += verdict.rows().tables();
      judged += verdict.rows().judged();
      return verdict.proven()
          ? Optional.empty()
          : Optional.of(verdict.gone() + " " + Generate.failed(verdict).problem());
    } catch (MigrateException | SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ScratchDatabase database(String sql) throws SQLException {
    ScratchDatabase database = TestPostgres.database("corpus");
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      return database;
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }
}
