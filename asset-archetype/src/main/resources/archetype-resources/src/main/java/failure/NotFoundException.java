package ${package}.failure;

/** There is no such thing, or there is none any more. */
public class NotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what was looked for, such as "asset"
   * @param id which one
   */
  public NotFoundException(String what, long id) {
    super("There is no %s with the number %d.".formatted(what, id));
  }
}
