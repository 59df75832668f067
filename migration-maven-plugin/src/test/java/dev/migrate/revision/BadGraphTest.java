package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A graph is refused, with the files named,")
class BadGraphTest {

  /** For example {@code "3 revises 1 2 depends 1 labels x"}; the file is V3.sql. */
  private static Revision revision(String text) {
    List<RevisionId> parents = new ArrayList<>();
    List<String> dependencies = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    String key = "";
    String[] words = text.split(" ");
    for (String word : Arrays.copyOfRange(words, 1, words.length)) {
      if (List.of("revises", "depends", "labels").contains(word)) {
        key = word;
      } else if (key.equals("revises")) {
        parents.add(RevisionId.of(word));
      } else if (key.equals("depends")) {
        dependencies.add(word);
      } else {
        labels.add(word);
      }
    }
    return new Revision(
        RevisionId.of(words[0]), "", parents, dependencies, labels, null, "V" + words[0] + ".sql");
  }

  private static String problem(String... revisions) {
    MigrateException failure =
        catchThrowableOfType(
            MigrateException.class,
            () -> RevisionGraph.of(Arrays.stream(revisions).map(BadGraphTest::revision).toList()));
    assertThat(failure).as("the failure of %s", List.of(revisions)).isNotNull();
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
    assertThat(failure.remedy()).isNotEmpty();
    return failure.problem();
  }

  @Test
  @DisplayName("when two files have one id, even written differently")
  void duplicateId() {
    assertThat(problem("1", "2 revises 1", "1.0"))
        .isEqualTo("Two files have the id 1: V1.sql and V1.0.sql.");
  }

  @Test
  @DisplayName("when a parent is missing")
  void missingParent() {
    assertThat(problem("1", "3 revises 2"))
        .isEqualTo("V3.sql revises 2, and there is no such revision.");
  }

  @Test
  @DisplayName("when a dependency is missing, by id, by label, or by the beginning of an id")
  void missingDependency() {
    assertThat(problem("1", "3 depends 2"))
        .isEqualTo("V3.sql depends on '2', and no revision has that id or label.");
    assertThat(problem("1 labels api", "3 depends ap")).contains("V3.sql depends on 'ap'");
    assertThat(problem("20260101000000", "3 depends 202601")).contains("depends on '202601'");
  }

  @Test
  @DisplayName("when a label is given twice, also in another case")
  void duplicateLabel() {
    assertThat(problem("1 labels api", "2 labels api"))
        .isEqualTo("The label 'api' stands in two files: V1.sql and V2.sql.");
    assertThat(problem("1 labels api", "2 labels API"))
        .isEqualTo("The label 'API' stands in two files: V1.sql and V2.sql.");
  }

  @Test
  @DisplayName("when a label could be taken for something else")
  void badLabel() {
    for (String label :
        List.of("a@b", "a-b", "a+b", "a:b", "a,b", "1st", "_x", "head", "Heads", "base", "none")) {
      assertThat(problem("1 labels " + label))
          .isEqualTo("The label '" + label + "' in V1.sql cannot be used as a label.");
    }
    assertThat(problem("1 labels current")).contains("'current'");
    assertThat(RevisionGraph.of(List.of(revision("1 labels größe_2/x.y"))).ownLabels())
        .containsExactly("größe_2/x.y");
  }

  @Test
  @DisplayName("when a revision revises itself, wherever it stands")
  void selfLoop() {
    assertThat(problem("1 revises 1", "2 revises 1")).isEqualTo(selfLoop(1));
    assertThat(problem("1", "2 revises 1 2")).isEqualTo(selfLoop(2));
    assertThat(problem("1", "2 revises 1 2", "3 revises 2", "4 revises 2")).isEqualTo(selfLoop(2));
    assertThat(problem("1", "2", "3 revises 1 2 3")).isEqualTo(selfLoop(3));
  }

  private static String selfLoop(int id) {
    return "V" + id + ".sql revises itself (a self-loop).";
  }

  @Test
  @DisplayName("when a revision depends on itself, wherever it stands")
  void dependencySelfLoop() {
    assertThat(problem("1 depends 1", "2 revises 1")).isEqualTo(dependencyLoop(1));
    assertThat(problem("1", "2 revises 1 depends 2")).isEqualTo(dependencyLoop(2));
    assertThat(problem("1", "2 revises 1 depends x labels x", "3 revises 2", "4 revises 2"))
        .isEqualTo(dependencyLoop(2));
    assertThat(problem("1", "2", "3 revises 1 2 depends 3")).isEqualTo(dependencyLoop(3));
  }

  private static String dependencyLoop(int id) {
    return "V" + id + ".sql depends on itself (a self-loop of a dependency).";
  }

  @Test
  @DisplayName("when revisions revise each other in a cycle")
  void cycle() {
    assertThat(problem("1 revises 3", "2 revises 1", "3 revises 2"))
        .isEqualTo(
            "These revisions revise each other in a cycle: V1.sql → V3.sql → V2.sql → V1.sql.");
    assertThat(problem("1", "2 revises 1 4", "3 revises 2", "4 revises 3"))
        .endsWith("cycle: V2.sql → V4.sql → V3.sql → V2.sql.");
    assertThat(problem("1 revises 2", "2 revises 1", "3 revises 2", "4 revises 3"))
        .endsWith("cycle: V1.sql → V2.sql → V1.sql.");
    assertThat(problem("1", "2 revises 1", "3 revises 2 4", "4 revises 3"))
        .endsWith("cycle: V3.sql → V4.sql → V3.sql.");
  }

  @Test
  @DisplayName("when revisions depend on each other in a cycle")
  void dependencyCycle() {
    assertThat(problem("1 depends 3", "2 revises 1", "3 revises 2"))
        .isEqualTo(
            "These revisions depend on each other in a cycle: V1.sql → V3.sql → V2.sql → V1.sql.");
    assertThat(problem("1", "2 depends 4", "3 depends 2", "4 depends 3"))
        .endsWith("cycle: V2.sql → V4.sql → V3.sql → V2.sql.");
    assertThat(problem("1 depends x", "2 revises 1 labels x", "3 revises 2"))
        .endsWith("cycle: V1.sql → V2.sql → V1.sql.");
    assertThat(problem("1", "2 revises 1 depends 3", "3 depends 2", "4 revises 2"))
        .endsWith("cycle: V2.sql → V3.sql → V2.sql.");
  }

  @Test
  @DisplayName("when a child is older than its parent or dependency")
  void olderChild() {
    assertThat(problem("1", "3 revises 1", "2 revises 3"))
        .isEqualTo("V2.sql revises V3.sql, which is younger than itself.");
    assertThat(problem("1", "3 revises 1", "2 depends 3"))
        .isEqualTo("V2.sql depends on V3.sql, which is younger than itself.");
  }
}
