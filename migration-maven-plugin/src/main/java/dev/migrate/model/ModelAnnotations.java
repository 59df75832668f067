package dev.migrate.model;

import dev.migrate.replay.RepeatableObjects;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import dev.migrate.script.Script;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Remarks for objects in a written model file: which repeatable migration makes an object, where no
 * revision does.
 */
public interface ModelAnnotations {
  /** Revisions make all of it. */
  ModelAnnotations NONE = object -> Optional.empty();

  /**
   * @param object an object of the model
   * @return what there is to know of it, in one line
   */
  Optional<String> of(FactId object);

  /**
   * @param owned what repeatable migrations make
   * @param head the schema with all of it
   * @param repeatables the migrations
   * @return says of each object which of them makes it
   */
  static ModelAnnotations of(RepeatableObjects owned, Schema head, List<Script> repeatables) {
    return object -> {
      Optional<Fact> fact = head.find(object);
      return fact.flatMap(one -> owned.rootOf(one, head)).isEmpty()
          ? Optional.empty()
          : Optional.of("made by %s, which runs last".formatted(makers(object, repeatables)));
    };
  }

  private static String makers(FactId object, List<Script> repeatables) {
    Pattern name =
        Pattern.compile(
            "(?<![\\w$])" + Pattern.quote(object.lastName()) + "(?![\\w$])",
            Pattern.CASE_INSENSITIVE);
    List<String> mention =
        repeatables.stream()
            .filter(script -> name.matcher(script.text()).find())
            .map(script -> script.path().getFileName().toString())
            .toList();
    return mention.isEmpty()
        ? "a repeatable migration"
        : mention.stream().collect(Collectors.joining(" or "));
  }
}
