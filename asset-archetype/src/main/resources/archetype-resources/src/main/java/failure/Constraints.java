package ${package}.failure;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Says in words which rule of the database a change breaks. The database is the place where rules
 * hold for everybody at every moment; asking first would still be too early.
 */
public final class Constraints {
  private Constraints() {}

  /** What a constraint means to people: the field of the input, and a sentence. */
  public record Rule(String field, String message) {}

  /**
   * Runs a change.
   *
   * @param rules what to say, by name of the constraint
   * @throws RuleException when one of them is broken
   */
  public static <T> T checked(Map<String, Rule> rules, Supplier<T> change) {
    try {
      return change.get();
    } catch (DataIntegrityViolationException e) {
      String message = String.valueOf(e.getMostSpecificCause().getMessage());
      for (Map.Entry<String, Rule> rule : rules.entrySet()) {
        if (message.contains('"' + rule.getKey() + '"')) {
          throw new RuleException(rule.getValue().field(), rule.getValue().message());
        }
      }
      throw e;
    }
  }
}
