package ${package}.failure;

/** What was asked for breaks a rule; the message says which, to the person who asked. */
public class RuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the field of the input that has to change; null when it is not about one
   * @param message a whole sentence
   */
  public RuleException(String field, String message) {
    super(message);
    this.field = field;
  }

  public RuleException(String message) {
    this(null, message);
  }

  /** The field of the input that has to change; null when it is not about one. */
  public String field() {
    return field;
  }
}
