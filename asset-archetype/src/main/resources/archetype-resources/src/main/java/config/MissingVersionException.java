package ${package}.config;

/** A change was sent without saying which version it is based on. */
public class MissingVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingVersionException() {
    super("Say with If-Match which version was read: the ETag of the answer to GET.");
  }
}
