package dev.migrate.script;

import static java.util.stream.Collectors.joining;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.sql.SqlComment;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** Writes the header comment of a script, in the form that {@link RevisionHeader} reads. */
final class HeaderWriter {
  private static final String EMPTY = SqlComment.line("");

  private HeaderWriter() {}

  /** The whole upgrade script. */
  static byte[] upgrade(NewRevision draft, Revision revision) {
    StringBuilder header =
        new StringBuilder(
            of(
                revision,
                draft.upgrade().transactional(),
                draft.upgrade().repeatable(),
                draft.downgrade().isEmpty()));
    if (!draft.repeatables().isEmpty()) {
      line(header, "repeatables", String.join(", ", draft.repeatables()));
    }
    if (draft.fromModel()) {
      line(header, "generated", StatementsChecksum.of(draft.upgrade().sql()));
    }
    return script(header.toString(), draft.upgrade().sql());
  }

  /** The whole script of a baseline. */
  static byte[] baseline(Revision baseline, String archive, String body) {
    StringBuilder header = new StringBuilder(of(baseline, true, false, true));
    line(header, "archive", archive);
    return script(header.toString(), body);
  }

  /** The whole downgrade script. */
  static byte[] downgrade(NewRevision draft, Revision revision) {
    NewScript downgrade = draft.downgrade().orElseThrow();
    StringBuilder header = new StringBuilder();
    String message = "Take back: " + revision.message();
    header.append(SqlComment.line(message)).append(EMPTY);
    line(header, "revision", revision.id().toString());
    if (!downgrade.transactional()) {
      line(header, "transaction", "none");
    }
    if (downgrade.repeatable()) {
      line(header, "rerun", "safe");
    }
    if (draft.hasNothingToTakeBack()) {
      line(header, "downgrade", "nothing");
    }
    return script(header.toString(), downgrade.sql());
  }

  /** The header of an upgrade script, with a line end after its last line. */
  static String of(
      Revision revision, boolean transactional, boolean repeatable, boolean irreversible) {
    StringBuilder header = new StringBuilder();
    if (RevisionHeader.looksLikeKey(revision.message())) {
      header.append(SqlComment.line("message: " + revision.message())).append(EMPTY);
    } else {
      header.append(SqlComment.line(revision.message())).append(EMPTY);
    }
    line(header, "revision", revision.id().toString());
    line(
        header,
        "revises",
        revision.isBase()
            ? "none"
            : revision.parents().stream().map(RevisionId::toString).collect(joining(", ")));
    if (!revision.dependencies().isEmpty()) {
      line(header, "depends", String.join(", ", revision.dependencies()));
    }
    if (!revision.labels().isEmpty()) {
      line(header, "labels", String.join(", ", revision.labels()));
    }
    revision
        .created()
        .ifPresent(
            time -> line(header, "created", time.truncatedTo(ChronoUnit.SECONDS).toString()));
    if (!transactional) {
      line(header, "transaction", "none");
    }
    if (repeatable) {
      line(header, "rerun", "safe");
    }
    if (irreversible) {
      line(header, "downgrade", "none");
    }
    return header.toString();
  }

  private static byte[] script(String header, String body) {
    String end = body.isEmpty() || body.endsWith("\n") ? "" : "\n";
    return (header + "\n" + body + end).getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder header, String key, String value) {
    header.append(SqlComment.line("%-9s %s".formatted(key + ":", value)));
  }
}
