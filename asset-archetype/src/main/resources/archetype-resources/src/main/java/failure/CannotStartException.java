package ${package}.failure;

/** The application must not run like this; it says what is wrong, and what to do. */
public class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String action;

  public CannotStartException(String problem, String action) {
    super(problem);
    this.action = action;
  }

  public String action() {
    return action;
  }
}
