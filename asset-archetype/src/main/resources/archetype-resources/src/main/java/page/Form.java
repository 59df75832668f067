package ${package}.page;

/**
 * What was typed into a form, as text.
 *
 * @param <D> what it means
 */
public interface Form<D> {
  /** What it means; what cannot be read is left out, and said to {@code typed}. */
  D read(Typed typed);
}
