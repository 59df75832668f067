package ${package}.failure;

/** Somebody else has changed it since it was read. */
public class StaleVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int read;
  private final int current;

  public StaleVersionException(String what, int read, int current) {
    super("Somebody else has changed this %s in the meantime.".formatted(what));
    this.read = read;
    this.current = current;
  }

  /** The version that the change is based on. */
  public int read() {
    return read;
  }

  /** The version that there is now. */
  public int current() {
    return current;
  }
}
