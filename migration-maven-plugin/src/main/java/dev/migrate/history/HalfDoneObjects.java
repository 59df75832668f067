package dev.migrate.history;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.ParsedScript;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptStatement;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Detects half-done objects that a script without a transaction has left: an invalid index, a
 * constraint that is not validated, a partition whose detaching is pending, a value of an enum. It
 * is looked for after every such script. {@code CREATE INDEX CONCURRENTLY IF NOT EXISTS}, for one,
 * passes over an index that an attempt before has left invalid and reports success, though nothing
 * keeps duplicates out.
 *
 * <p>One thing a script in a transaction can leave half done as well: the index of a partitioned
 * table that it puts together piece by piece and that lacks a piece, because a job has made a
 * partition that the script does not name.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX,
 *     Building Indexes Concurrently</a>
 */
final class HalfDoneObjects {
  private static final int DETACH_CONCURRENTLY = 14;
  private static final Pattern INDEX = Pattern.compile("(?i)\\b(?:re)?index\\b");
  private static final Pattern REINDEX_ALL =
      Pattern.compile("(?is)\\breindex\\b.*\\b(?:schema|database|system)\\b.*");
  private static final Pattern VALIDATE = Pattern.compile("(?is)\\bvalidate\\s+constraint\\b");

  /** What makes an index, or a key with one, of a partitioned table and not of its partitions. */
  private static final Pattern ON_ONLY =
      Pattern.compile(
          "(?is)\\bindex\\b.*\\bon\\s+only\\b.*|\\balter\\s+table\\b.*\\bonly\\b.*\\badd\\b.*");

  private static final Pattern ATTACH = Pattern.compile("(?is)\\battach\\s+partition\\b");

  /** Not an index that somebody else is building at this moment. */
  private static final String FIND =
      """
      SELECT CASE WHEN index.relkind OPERATOR(pg_catalog.=) 'I' THEN 'WHOLE_INDEX' ELSE 'INDEX' END,
             pg_catalog.concat(i.indexrelid), n.nspname, index.relname, coalesce(owner.relname, t.relname),
             pg_catalog.concat(pg_catalog.quote_ident(coalesce(on_.nspname, tn.nspname)), '.',
               pg_catalog.quote_ident(coalesce(owner.relname, t.relname))),
             (SELECT pg_catalog.string_agg(
                  pg_catalog.concat(pg_catalog.quote_ident(pn.nspname), '.', pg_catalog.quote_ident(part.relname)),
                  ', ' ORDER BY part.relname COLLATE pg_catalog."C")
                FROM pg_catalog.pg_inherits AS h
                  JOIN pg_catalog.pg_class AS part ON part.oid OPERATOR(pg_catalog.=) h.inhrelid
                  JOIN pg_catalog.pg_namespace AS pn ON pn.oid OPERATOR(pg_catalog.=) part.relnamespace
                WHERE h.inhparent OPERATOR(pg_catalog.=) i.indrelid
                  AND index.relkind OPERATOR(pg_catalog.=) 'I'
                  AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_index AS own
                      JOIN pg_catalog.pg_inherits AS link ON link.inhrelid OPERATOR(pg_catalog.=) own.indexrelid
                    WHERE own.indrelid OPERATOR(pg_catalog.=) h.inhrelid
                      AND link.inhparent OPERATOR(pg_catalog.=) i.indexrelid
                      AND own.indisvalid))
      FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS index ON index.oid OPERATOR(pg_catalog.=) i.indexrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) index.relnamespace
        JOIN pg_catalog.pg_class AS t ON t.oid OPERATOR(pg_catalog.=) i.indrelid
        JOIN pg_catalog.pg_namespace AS tn ON tn.oid OPERATOR(pg_catalog.=) t.relnamespace
        LEFT JOIN pg_catalog.pg_class AS owner ON owner.reltoastrelid OPERATOR(pg_catalog.=) t.oid
        LEFT JOIN pg_catalog.pg_namespace AS on_ ON on_.oid OPERATOR(pg_catalog.=) owner.relnamespace
      WHERE NOT i.indisvalid
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_stat_progress_create_index AS building
          WHERE building.index_relid OPERATOR(pg_catalog.=) i.indexrelid
            AND building.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
      UNION ALL
      SELECT 'CONSTRAINT', pg_catalog.concat(k.oid), n.nspname, k.conname, t.relname,
             pg_catalog.concat(pg_catalog.quote_ident(n.nspname), '.', pg_catalog.quote_ident(t.relname)), NULL
      FROM pg_catalog.pg_constraint AS k
        JOIN pg_catalog.pg_class AS t ON t.oid OPERATOR(pg_catalog.=) k.conrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) t.relnamespace
      WHERE NOT k.convalidated
      UNION ALL
      SELECT 'ENUM_VALUE', pg_catalog.concat(e.oid), n.nspname, e.enumlabel, t.typname,
             pg_catalog.concat(pg_catalog.quote_ident(n.nspname), '.', pg_catalog.quote_ident(t.typname)), NULL
      FROM pg_catalog.pg_enum AS e
        JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) e.enumtypid
        JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
      """;

  private static final String FIND_DETACHING =
      """
      UNION ALL
      SELECT 'DETACHING', pg_catalog.concat(h.inhrelid), n.nspname, part.relname, t.relname,
             pg_catalog.concat(pg_catalog.quote_ident(tn.nspname), '.', pg_catalog.quote_ident(t.relname)), NULL
      FROM pg_catalog.pg_inherits AS h
        JOIN pg_catalog.pg_class AS part ON part.oid OPERATOR(pg_catalog.=) h.inhrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) part.relnamespace
        JOIN pg_catalog.pg_class AS t ON t.oid OPERATOR(pg_catalog.=) h.inhparent
        JOIN pg_catalog.pg_namespace AS tn ON tn.oid OPERATOR(pg_catalog.=) t.relnamespace
      WHERE h.inhdetachpending
      """;

  private final TargetSession session;
  private final List<String> statements;
  private final boolean transactional;
  private final Set<String> before = new HashSet<>();

  private HalfDoneObjects(TargetSession session, List<String> statements, boolean transactional)
      throws SQLException {
    this.session = session;
    this.statements = statements;
    this.transactional = transactional;
    find().forEach(piece -> before.add(piece.key()));
  }

  /**
   * @param session over which the script runs
   * @param script a script that is about to run
   * @return what compares the database afterwards with what it is now
   */
  static HalfDoneObjects before(TargetSession session, ParsedScript script) throws SQLException {
    return new HalfDoneObjects(
        session,
        script.statements().stream().map(ScriptStatement::sql).toList(),
        script.transactional());
  }

  /**
   * @param script a script, which need not be split into statements for this
   * @param transactional whether it runs in a transaction
   * @return whether it can leave something half done
   */
  static boolean isToBeFeared(Script script, boolean transactional) {
    return !transactional || ATTACH.matcher(script.text()).find();
  }

  private enum Kind {
    INDEX,
    WHOLE_INDEX,
    CONSTRAINT,
    DETACHING,
    ENUM_VALUE
  }

  /**
   * @param missing the partitions that an index of the whole table lacks a piece for
   */
  private record Piece(
      Kind kind,
      String oid,
      String schema,
      String name,
      String table,
      String on,
      Optional<String> missing) {
    String key() {
      return kind + oid;
    }

    String describe() {
      return switch (kind) {
        case INDEX -> "the index %s of %s, which is not valid".formatted(index(), on);
        case WHOLE_INDEX ->
            "the index %s of %s, which is not valid".formatted(index(), on)
                + missing.map(parts -> " (it has none of " + parts + ")").orElse("");
        case CONSTRAINT ->
            "the constraint %s of %s, which is not validated".formatted(SqlNames.quote(name), on);
        case DETACHING -> "the partition %s of %s, which is half detached".formatted(index(), on);
        case ENUM_VALUE -> "the value %s of the type %s".formatted(literal(name), on);
      };
    }

    String remedy() {
      return switch (kind) {
        case INDEX -> "DROP INDEX CONCURRENTLY %s;".formatted(index());
        case WHOLE_INDEX ->
            "give each partition of %s an index that belongs to %s (ALTER INDEX %s ATTACH PARTITION …;)."
                .formatted(on, index(), index());
        case CONSTRAINT -> "ALTER TABLE %s DROP CONSTRAINT %s;".formatted(on, SqlNames.quote(name));
        case DETACHING -> "ALTER TABLE %s DETACH PARTITION %s FINALIZE;".formatted(on, index());
        case ENUM_VALUE -> "say ADD VALUE IF NOT EXISTS %s in the script".formatted(literal(name));
      };
    }

    private String index() {
      return SqlNames.qualified(schema, name);
    }
  }

  /**
   * What a script has left that ran to its end and yet did not do what it says.
   *
   * @param file the script, as messages name it
   * @param remedy what to run when it is mended
   * @throws MigrateException {@code SCRIPT_FAILED} when there is something
   */
  void requireNothing(String file, String remedy) throws SQLException {
    List<Piece> found = find();
    List<Piece> left = found.stream().filter(this::isUnfinished).toList();
    if (left.isEmpty()) {
      found.stream().filter(this::isBegun).forEach(this::tell);
    } else {
      String what = left.stream().map(Piece::remedy).collect(Collectors.joining(" "));
      throw new MigrateException(
          FailureCode.SCRIPT_FAILED,
          "%s ran to its end, but it left %s; %s."
              .formatted(
                  file,
                  described(left),
                  transactional
                      ? "it was rolled back and left nothing behind"
                      : "it is recorded as failed"),
          transactional
              ? "In the script, %s Then %s".formatted(what, remedy)
              : "Put it right by hand: %s Then %s".formatted(what, remedy));
    }
  }

  /** A script before may have made the index, and one after it may complete it. */
  private boolean isBegun(Piece piece) {
    return piece.kind() == Kind.WHOLE_INDEX
        && says(sql -> ATTACH.matcher(sql).find() && names(sql, piece.name()));
  }

  private void tell(Piece piece) {
    session
        .progress()
        .notice(
            "The index %s of %s is not valid yet%s."
                .formatted(
                    piece.index(),
                    piece.on(),
                    piece.missing().map(parts -> ": it has none of " + parts).orElse("")));
  }

  /** What a script has left that stopped. */
  Left left() throws SQLException {
    List<Piece> left = find().stream().filter(one -> isNew(one) || isUnfinished(one)).toList();
    return left.isEmpty()
        ? Left.NOTHING
        : new Left(
            " It has left %s.".formatted(described(left)),
            first(left),
            first(left.stream().filter(one -> one.kind() != Kind.WHOLE_INDEX).toList()));
  }

  private static String first(List<Piece> left) {
    return left.isEmpty()
        ? ""
        : left.stream().map(Piece::remedy).collect(Collectors.joining(" ", "First: ", " "));
  }

  /**
   * Words for a message; empty when there is nothing.
   *
   * @param what what is left, a sentence behind others
   * @param first what to do before anything else, a sentence before others
   * @param firstBeforeAgain the same where the script runs again from its beginning: an index of a
   *     partitioned table that it had no time to put together it puts together then
   */
  record Left(String what, String first, String firstBeforeAgain) {
    static final Left NOTHING = new Left("", "", "");
  }

  private static String described(List<Piece> left) {
    return left.stream().map(Piece::describe).collect(Collectors.joining("; "));
  }

  private boolean isNew(Piece piece) {
    return !before.contains(piece.key());
  }

  private boolean isUnfinished(Piece piece) {
    // All else is rolled back, refused inside a transaction, or meant so.
    return (!transactional || piece.kind() == Kind.WHOLE_INDEX) && isLeft(piece);
  }

  private boolean isLeft(Piece piece) {
    return switch (piece.kind()) {
      case INDEX ->
          isNew(piece)
              || says(
                  sql ->
                      REINDEX_ALL.matcher(sql).find()
                          || INDEX.matcher(sql).find() && of(piece, sql));
      // The partitions may get theirs in other scripts, unless this one begins and ends it.
      case WHOLE_INDEX ->
          (isNew(piece) || says(sql -> ON_ONLY.matcher(sql).find() && names(sql, piece.name())))
              && says(sql -> ATTACH.matcher(sql).find() && names(sql, piece.name()));
      // NOT VALID is what many want; not so who validates.
      case CONSTRAINT -> says(sql -> VALIDATE.matcher(sql).find() && names(sql, piece.name()));
      case DETACHING -> isNew(piece) || says(sql -> names(sql, piece.name()));
      case ENUM_VALUE -> false;
    };
  }

  private static boolean of(Piece piece, String sql) {
    return names(sql, piece.table())
        || names(sql, piece.name())
        || names(sql, piece.name().replaceFirst("_cc(?:new|old)\\d*$", ""));
  }

  private boolean says(Predicate<String> what) {
    return statements.stream().anyMatch(what);
  }

  /** Whether a statement has a name that is no part of a longer one. */
  private static boolean names(String sql, String name) {
    String text = sql.toLowerCase(Locale.ROOT);
    String word = name.toLowerCase(Locale.ROOT);
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
          && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private List<Piece> find() throws SQLException {
    Connection connection = session.connection();
    boolean detaches = connection.getMetaData().getDatabaseMajorVersion() >= DETACH_CONCURRENTLY;
    List<Piece> found = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(FIND + (detaches ? FIND_DETACHING : ""));
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Piece(
                Kind.valueOf(rows.getString(1)),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                Optional.ofNullable(rows.getString(7))));
      }
    }
    return found;
  }
}
