package ${package}.schemastate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Compares the record in the database with the scripts in this application. It only reads: two short
 * queries, in the table that Flyway and the migration plugin keep.
 */
@Component
class SchemaInspection {
  private static final String SCRIPTS = "classpath:db/migration/V*.sql";
  private static final Pattern VERSION = Pattern.compile("V([0-9][0-9._]*?)__.*\\.sql");

  /** By number, and not by letter: 9 comes before 10. */
  private static final Comparator<String> IN_ORDER =
      Comparator.comparing(
              (String version) -> List.of(version.split("\\.")),
              (a, b) -> {
                for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                  int order = new BigInteger(a.get(i)).compareTo(new BigInteger(b.get(i)));
                  if (order != 0) {
                    return order;
                  }
                }
                return Integer.compare(a.size(), b.size());
              });

  private final JdbcTemplate database;
  private final TreeSet<String> known = new TreeSet<>(IN_ORDER);

  SchemaInspection(DataSource database) {
    this.database = new JdbcTemplate(database);
    try {
      for (Resource script : new PathMatchingResourcePatternResolver().getResources(SCRIPTS)) {
        Matcher name = VERSION.matcher(String.valueOf(script.getFilename()));
        if (name.matches()) {
          known.add(name.group(1).replace('_', '.'));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws DataAccessException if the database cannot be asked
   */
  SchemaState inspect() {
    Boolean recorded =
        database.queryForObject(
            "select to_regclass('flyway_schema_history') is not null", Boolean.class);
    Map<String, Row> rows = new TreeMap<>(IN_ORDER);
    if (Boolean.TRUE.equals(recorded)) {
      // The last row of a version counts: what was taken back is followed by one of type DELETE.
      database.query(
          "select distinct on (version) version, type, success from flyway_schema_history"
              + " where version is not null order by version, installed_rank desc",
          row -> {
            rows.put(row.getString(1), new Row(row.getString(2), row.getBoolean(3)));
          });
    }
    return state(rows);
  }

  private SchemaState state(Map<String, Row> rows) {
    TreeSet<String> applied = new TreeSet<>(IN_ORDER);
    List<String> failed = new ArrayList<>();
    rows.forEach(
        (version, row) -> {
          if (!row.success()) {
            failed.add(version);
          } else if (row.type().contains("BASELINE")) {
            applied.addAll(known.headSet(version, true));
          } else if (!row.type().equals("DELETE")) {
            applied.add(version);
          }
        });
    List<String> unknown = without(applied, known);
    List<String> pending = without(known, applied);
    pending.removeAll(failed);
    return new SchemaState(
        applied.isEmpty() ? null : applied.last(),
        known.isEmpty() ? "base" : known.last(),
        pending,
        unknown,
        failed);
  }

  private static List<String> without(TreeSet<String> all, Collection<String> others) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(others);
    return rest;
  }

  private record Row(String type, boolean success) {}
}
