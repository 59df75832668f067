package dev.migrate.introspect;

/** Reads one group of catalogs with one query, or a fixed few, and notes facts. */
interface KindReader {
  /**
   * @param catalog where to query and to note
   */
  void read(Catalog catalog);
}
