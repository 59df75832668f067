package dev.migrate.introspect;

/**
 * Interface of the catalog readers: each reads one group of catalogs with one query, or a fixed
 * few, and notes facts.
 */
interface KindReader {
  /**
   * @param catalog where to query and to note
   */
  void read(Catalog catalog);
}
