package dev.migrate.target;

/**
 * Finds tables on which a mere {@code SELECT} would run user code (functions in the expressions of
 * indexes and statistics) with the rights of whoever selects. The planner works out what is
 * constant in those expressions, and calls the functions in them. {@code COPY table TO} is not
 * planned and calls nothing.
 */
public final class SelectSideEffects {
  /** A query with the object ids of those tables; what extensions bring is not code of owners. */
  public static final String TABLES =
      """
      SELECT x.relation FROM (
        SELECT i.indrelid AS relation, 'pg_catalog.pg_class'::pg_catalog.regclass AS class,
          i.indexrelid AS id
        FROM pg_catalog.pg_index i WHERE i.indexprs IS NOT NULL OR i.indpred IS NOT NULL
        UNION ALL
        SELECT s.stxrelid, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid
        FROM pg_catalog.pg_statistic_ext s) x
      JOIN pg_catalog.pg_depend d ON d.classid OPERATOR(pg_catalog.=) x.class
        AND d.objid OPERATOR(pg_catalog.=) x.id
      LEFT JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) d.refobjid
        AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
      WHERE d.refobjid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
        AND (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
          OR d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass
          OR t.typtype OPERATOR(pg_catalog.=) 'd' OR t.typtype OPERATOR(pg_catalog.=) 'c')
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
          WHERE e.classid OPERATOR(pg_catalog.=) d.refclassid
            AND e.objid OPERATOR(pg_catalog.=) d.refobjid
            AND e.deptype OPERATOR(pg_catalog.=) 'e')
      """;

  private SelectSideEffects() {}
}
