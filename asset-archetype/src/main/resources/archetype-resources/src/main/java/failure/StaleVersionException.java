package ${package}.failure;

/** Somebody else has changed it since it was read. */
public class StaleVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int read;
  private final int current;

  private StaleVersionException(String what, int read, int current) {
    super("Somebody else has changed this %s in the meantime.".formatted(what));
    this.read = read;
    this.current = current;
  }

  /**
   * @param what what it is, such as "asset"
   * @param read the version that a change is based on
   * @param current the version that there is now; the row is locked, so it stays that
   * @throws StaleVersionException if they are not the same
   */
  public static void check(String what, int read, int current) {
    if (read != current) {
      throw new StaleVersionException(what, read, current);
    }
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
