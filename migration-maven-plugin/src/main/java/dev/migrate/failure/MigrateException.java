package dev.migrate.failure;

import dev.migrate.text.PlainText;
import java.util.Objects;

/**
 * A failure that its reader can do something about: one sentence says what is wrong, another what
 * to do next. Everything that is the user's to mend is thrown as this type; any other exception
 * that leaves a goal is a defect of ours. Names and messages of a server in it are data: what is
 * neither text nor a line end is shown, not done.
 */
public class MigrateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final String problem;
  private final String remedy;

  /**
   * @param code the stable name of this kind of failure
   * @param problem what is wrong, with the values that matter in it
   * @param remedy what to do, with the exact command or line where there is one
   */
  public MigrateException(FailureCode code, String problem, String remedy) {
    this(code, problem, remedy, null);
  }

  /**
   * @param code the stable name of this kind of failure
   * @param problem what is wrong, with the values that matter in it
   * @param remedy what to do, with the exact command or line where there is one
   * @param cause what went wrong underneath, for {@code mvn -e}; may be null
   */
  public MigrateException(FailureCode code, String problem, String remedy, Throwable cause) {
    super(PlainText.text(problem) + System.lineSeparator() + PlainText.text(remedy), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.problem = PlainText.text(problem);
    this.remedy = PlainText.text(remedy);
  }

  /**
   * @return the stable name of this kind of failure
   */
  public FailureCode code() {
    return code;
  }

  /**
   * @return what is wrong
   */
  public String problem() {
    return problem;
  }

  /**
   * @return what to do next
   */
  public String remedy() {
    return remedy;
  }
}
