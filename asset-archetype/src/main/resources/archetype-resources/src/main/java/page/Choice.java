package ${package}.page;

/**
 * A line of a select box.
 *
 * @param value what the form sends
 * @param label what people read
 */
public record Choice(String value, String label) {}
