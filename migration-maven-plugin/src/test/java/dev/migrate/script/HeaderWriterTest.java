package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.text.HostileNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A header that is written")
class HeaderWriterTest {
  private static Revision revision(NewRevision draft) {
    return new Revision(
        RevisionId.of("7"), draft.message(), List.of(), List.of(), List.of(), null, "V7__x.sql");
  }

  private static void assertReadBack(byte[] script, String message, String sql) {
    String text = new String(script, StandardCharsets.UTF_8);
    RevisionHeader header = RevisionHeader.parse(text, "V7__x.sql");
    assertThat(header.message()).isEqualTo(message);
    assertThat(header.transactional()).isTrue();
    assertThat(header.repeatable()).isFalse();
    assertThat(text.substring(LeadingComments.end(text))).isEqualTo(sql);
    assertThat(text.lines().takeWhile(line -> !line.isEmpty()))
        .allMatch(line -> line.startsWith("--"));
  }

  @Test
  @DisplayName("says ten thousand messages on one line each, and nothing else")
  void messages() {
    for (String text : HostileNames.texts(10_000)) {
      NewRevision draft =
          NewRevision.empty("Add " + text, List.of()).running("SELECT 1;", "SELECT 2;");
      String message = draft.message().replace("${", "$ {");
      assertReadBack(HeaderWriter.upgrade(draft, revision(draft)), message, "SELECT 1;\n");
      assertReadBack(
          HeaderWriter.downgrade(draft, revision(draft)), "Take back: " + message, "SELECT 2;\n");
    }
  }

  @Test
  @DisplayName("is a header of one baseline, whatever the archive is called")
  void baseline() {
    for (String text : Set.copyOf(HostileNames.names(1_000))) {
      NewRevision draft = NewRevision.empty("Baseline up to " + text, List.of());
      byte[] script = HeaderWriter.baseline(revision(draft), "archive/" + text, "SELECT 1;");
      assertReadBack(script, draft.message().replace("${", "$ {"), "SELECT 1;\n");
    }
  }
}
