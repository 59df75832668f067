package ${package}.schemastate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
  private static final String SCRIPTS = "classpath:db/migration/**/*.sql";
  private static final Pattern VERSION = Pattern.compile("([VB])([0-9][0-9._]*?)__.*\\.sql");

  private final JdbcTemplate database;
  private final SchemaHistory.Scripts scripts;

  SchemaInspection(DataSource database) {
    this.database = new JdbcTemplate(database);
    TreeSet<String> versions = new TreeSet<>(SchemaHistory.IN_ORDER);
    TreeSet<String> baselines = new TreeSet<>(SchemaHistory.IN_ORDER);
    try {
      for (Resource script : new PathMatchingResourcePatternResolver().getResources(SCRIPTS)) {
        Matcher name = VERSION.matcher(String.valueOf(script.getFilename()));
        if (name.matches()) {
          boolean baseline = name.group(1).equals("B");
          (baseline ? baselines : versions).add(name.group(2).replace('_', '.'));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.scripts = new SchemaHistory.Scripts(versions, baselines);
  }

  /**
   * @throws DataAccessException if the database cannot be asked
   */
  SchemaState inspect() {
    Boolean recorded =
        database.queryForObject(
            "select to_regclass('flyway_schema_history') is not null", Boolean.class);
    List<SchemaHistory.Row> rows = new ArrayList<>();
    if (Boolean.TRUE.equals(recorded)) {
      database.query(
          "select version, description, type, success from flyway_schema_history"
              + " order by installed_rank",
          row -> {
            rows.add(
                new SchemaHistory.Row(
                    row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
          });
    }
    return SchemaHistory.compare(rows, scripts);
  }
}
