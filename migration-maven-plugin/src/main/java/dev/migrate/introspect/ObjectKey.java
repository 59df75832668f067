package dev.migrate.introspect;

/**
 * The key of an object in PostgreSQL's catalog: class oid, object oid and sub-id.
 *
 * @param catalog the catalog that holds it, such as {@code pg_class}
 * @param oid its number there
 * @param column the number of a column, or 0 for the whole object
 */
record ObjectKey(String catalog, long oid, int column) {
  static ObjectKey of(String catalog, long oid) {
    return new ObjectKey(catalog, oid, 0);
  }

  ObjectKey whole() {
    return column == 0 ? this : new ObjectKey(catalog, oid, 0);
  }
}
