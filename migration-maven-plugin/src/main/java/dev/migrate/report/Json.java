package dev.migrate.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryRow;
import dev.migrate.history.RevisionState;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.text.PlainText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Builds the JSON results of goals, as {@code docs/output.schema.json} describes them. Fields are
 * added, never renamed.
 */
public final class Json {
  /** The version of the form; see docs/versions.md for what makes it go up. */
  private static final int FORMAT = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** Whatever is no plain text is escaped: it stays what it is, and no terminal obeys it. */
  static String render(JsonObject document) {
    String text = GSON.toJson(document);
    StringBuilder rendered = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || PlainText.isPlain(c)) {
                rendered.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  rendered.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return rendered.toString();
  }

  /**
   * @param goal the goal that it comes from
   * @return a document with nothing else in it
   */
  public static JsonObject document(String goal) {
    JsonObject document = new JsonObject();
    document.addProperty("goal", goal);
    document.addProperty("format", FORMAT);
    return document;
  }

  /**
   * @param goal the goal that failed
   * @param failure how
   * @return the document
   */
  public static JsonObject failure(String goal, MigrateException failure) {
    JsonObject document = document(goal);
    JsonObject details = new JsonObject();
    details.addProperty("code", failure.code().name());
    details.addProperty("problem", failure.problem());
    details.addProperty("remedy", failure.remedy());
    document.add("failure", details);
    return document;
  }

  /**
   * Adds where a target stands, with all its revisions.
   *
   * @param document takes it
   * @param target the target, fit for any log
   * @param state where it stands
   * @param shown the revisions to list
   */
  public static void addState(
      JsonObject document, String target, TargetState state, Collection<RevisionState> shown) {
    document.addProperty("target", target);
    document.add("current", ids(state.current().stream().map(Revision::id).toList()));
    document.add("heads", ids(state.graph().heads().stream().map(Revision::id).toList()));
    for (RevisionState.Status status : RevisionState.Status.values()) {
      if (status != RevisionState.Status.APPLIED) {
        document.add(name(status), ids(state.in(status).stream().map(RevisionState::id).toList()));
      }
    }
    document.add("outOfOrder", ids(state.outOfOrder().stream().map(RevisionState::id).toList()));
    document.add(
        "failedRepeatables",
        strings(state.repeatables().failed().stream().map(Script::name).toList()));
    document.add(
        "pendingRepeatables",
        strings(state.repeatables().pending().stream().map(Script::name).toList()));
    document.add(
        "repeatablesWithoutFile",
        strings(state.repeatables().withoutFile().stream().map(HistoryRow::script).toList()));
    JsonArray strange = new JsonArray();
    for (HistoryRow row : state.history().notUnderstood()) {
      JsonObject one = new JsonObject();
      one.addProperty("rank", row.rank());
      one.addProperty("type", row.type());
      one.addProperty("script", row.script());
      strange.add(one);
    }
    document.add("rowsNotUnderstood", strange);
    JsonArray revisions = new JsonArray();
    for (RevisionState one : shown) {
      JsonObject revision =
          state
              .files()
              .find(one.id())
              .map(file -> revision(file, state.files()))
              .orElseGet(() -> unknown(one));
      revision.addProperty("status", name(one.status()));
      revision.addProperty("current", one.current());
      one.row().ifPresent(row -> revision.add("applied", applied(row)));
      revisions.add(revision);
    }
    document.add("revisions", revisions);
  }

  /**
   * Adds revisions as their files describe them.
   *
   * @param document takes them
   * @param files where the revisions come from
   * @param shown which ones
   */
  public static void addRevisions(
      JsonObject document, RevisionFiles files, Collection<Revision> shown) {
    document.add("heads", ids(files.graph().heads().stream().map(Revision::id).toList()));
    JsonArray revisions = new JsonArray();
    files.get(shown).forEach(file -> revisions.add(revision(file, files)));
    document.add("revisions", revisions);
  }

  /**
   * Adds what a run did.
   *
   * @param document takes it
   * @param outcome what it did
   */
  public static void addOutcome(JsonObject document, RunOutcome outcome) {
    JsonArray steps = new JsonArray();
    for (RunOutcome.Step step : outcome.steps()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", step.revision().id().toString());
      one.addProperty("message", step.revision().message());
      one.addProperty("millis", step.took().toMillis());
      steps.add(one);
    }
    document.add("steps", steps);
    document.addProperty("repeatables", outcome.repeatables());
  }

  /**
   * Adds what a stamp wrote.
   *
   * @param document takes it
   * @param outcome what it wrote
   */
  public static void addOutcome(JsonObject document, StampOutcome outcome) {
    document.add("recorded", idsOf(outcome.recorded()));
    document.add("takenBack", idsOf(outcome.takenBack()));
    document.add("recordedAgain", idsOf(outcome.recordedAgain()));
    document.add("forgotten", ids(outcome.forgotten()));
    document.add("forgottenRepeatables", strings(outcome.repeatables()));
    document.addProperty("started", outcome.started());
  }

  /**
   * @param revisions some revisions
   * @return their ids
   */
  public static JsonArray idsOf(Collection<Revision> revisions) {
    return ids(revisions.stream().map(Revision::id).toList());
  }

  private static JsonObject revision(RevisionFile file, RevisionFiles files) {
    Revision revision = file.revision();
    JsonObject object = new JsonObject();
    object.addProperty("id", revision.id().toString());
    object.addProperty("message", revision.message());
    object.add("parents", ids(revision.parents()));
    object.add("children", idsOf(files.graph().children(revision.id())));
    object.add("dependencies", strings(revision.dependencies()));
    object.add("labels", strings(List.copyOf(files.graph().labelsOf(revision.id()))));
    object.addProperty("head", files.graph().children(revision.id()).isEmpty());
    object.addProperty("baseline", revision.baseline());
    object.addProperty("reversible", file.downgrade().isPresent());
    object.addProperty("upgrade", file.upgrade().name());
    file.downgrade().map(Script::name).ifPresent(name -> object.addProperty("downgrade", name));
    revision.created().ifPresent(at -> object.addProperty("created", at.toString()));
    return object;
  }

  private static JsonObject unknown(RevisionState state) {
    JsonObject object = new JsonObject();
    object.addProperty("id", state.id().toString());
    object.addProperty("message", state.message());
    return object;
  }

  private static JsonObject applied(HistoryRow row) {
    JsonObject object = new JsonObject();
    object.addProperty("on", row.installedOn().toString());
    object.addProperty("by", row.installedBy());
    object.addProperty("millis", row.took().toMillis());
    object.addProperty("script", row.script());
    object.addProperty("type", row.type());
    row.checksum().ifPresent(sum -> object.addProperty("checksum", sum));
    return object;
  }

  private static JsonArray ids(Collection<RevisionId> ids) {
    return strings(ids.stream().map(RevisionId::toString).toList());
  }

  private static JsonArray strings(Collection<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static String name(RevisionState.Status status) {
    String[] words = status.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return name.toString();
  }
}
