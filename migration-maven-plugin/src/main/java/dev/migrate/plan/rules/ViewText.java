package dev.migrate.plan.rules;

/** Trims the query of a view as PostgreSQL prints it: without its semicolon and first blank. */
final class ViewText {
  private ViewText() {}

  static String body(String definition) {
    String body = InListText.written(definition.strip());
    return body.endsWith(";") ? body.substring(0, body.length() - 1) : body;
  }
}
