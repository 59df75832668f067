package ${package}.audit;

import ${package}.page.Texts;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells who comes too late with a change who was quicker; the trail knows. */
@Component
public class Conflicts {
  private final AuditService audit;
  private final Texts texts;

  Conflicts(AuditService audit, Texts texts) {
    this.audit = audit;
    this.texts = texts;
  }

  /** What happened to a row of a table, without any differences yet. */
  public Conflict about(String table, long rowId) {
    String sentence =
        audit.of(table, rowId, 1).stream()
            .findFirst()
            .map(last -> last.changedBy() + " saved it at " + texts.moment(last.changedAt()) + ".")
            .orElse("It is not as you opened it.");
    return new Conflict(sentence, List.of());
  }
}
