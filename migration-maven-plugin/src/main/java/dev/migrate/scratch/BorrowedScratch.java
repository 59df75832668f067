package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import dev.migrate.target.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scratch databases on a server that the user lends. Their names begin with {@code
 * migrate_scratch_} and the time of creation, and only databases of such a name are ever dropped:
 * our own when they are closed, and those that a killed process left when they are a day old and
 * nobody is connected.
 */
public final class BorrowedScratch implements Scratch {
  private static final String PREFIX = "migrate_scratch_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{10,11})_[0-9a-f]{8}_\\w+");
  private static final Duration ORPHANED = Duration.ofDays(1);
  private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]*/)([^/?]*)(\\?.*)?");
  private static final int LABEL = 20;

  private final String before;
  private final String after;
  private final String url;
  private final String user;
  private final String password;
  private final Clock clock;
  private final Set<ScratchDatabase> open = new HashSet<>();

  private BorrowedScratch(Matcher url, String user, String password, Clock clock) {
    this.url = url.group();
    this.before = url.group(1);
    this.after = url.group(3) == null ? "" : url.group(3);
    this.user = user;
    this.password = password;
    this.clock = clock;
  }

  /**
   * Uses a server for scratch databases, after sweeping what earlier processes left there.
   *
   * @param jdbcUrl the URL of any database of the server, to issue {@code CREATE DATABASE} from, in
   *     JDBC's form or libpq's
   * @param user a role that may create databases; null when the URL says it
   * @param password its password; null when the URL or the environment says it
   * @return the scratch
   * @throws MigrateException when the URL is malformed, the server cannot be reached or the role
   *     may not create databases
   */
  public static BorrowedScratch on(String jdbcUrl, String user, String password) {
    return on(jdbcUrl, user, password, Clock.systemUTC());
  }

  static BorrowedScratch on(String jdbcUrl, String user, String password, Clock clock) {
    Target lent = Target.at(Objects.requireNonNull(jdbcUrl, "jdbcUrl"), "migrate.scratchUrl");
    Matcher url =
        URL.matcher((lent.hasDatabase() ? lent : lent.withDatabase("postgres")).loginUrl());
    if (!url.matches()) {
      throw new IllegalStateException("not of the driver's form: " + lent);
    }
    BorrowedScratch scratch = new BorrowedScratch(url, user, password, clock);
    scratch.prepare();
    return scratch;
  }

  private void prepare() {
    try (Connection admin = ScratchConnections.connect(url, user, password)) {
      boolean mayCreate =
          !Queries.column(
                  admin,
                  "select 1 from pg_catalog.pg_roles where rolname = current_user"
                      + " and (rolcreatedb or rolsuper)")
              .isEmpty();
      if (!mayCreate) {
        throw new MigrateException(
            FailureCode.CONNECTION,
            "The role of migrate.scratchUrl may not create databases.",
            "Let an administrator run: ALTER ROLE "
                + SqlNames.inQuotes(Queries.column(admin, "select current_user").get(0))
                + " CREATEDB;");
      }
      sweep(admin);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.CONNECTION,
          "The scratch server cannot be used: " + e.getMessage() + ".",
          asksForPassword(e)
              ? "Give the right -Dmigrate.scratchUser, and its password in a line of ~/.pgpass or, from"
                  + " the environment, in the POM: <scratchPassword>${env.SCRATCH_PASSWORD}</scratchPassword>."
              : "Check migrate.scratchUrl, and that PostgreSQL runs there and accepts connections from"
                  + " this machine.",
          e);
    }
  }

  /** Without a password to send, the driver has a state of its own for that. */
  private boolean asksForPassword(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("28") || SqlState.CONNECTION_REJECTED.is(e) && password == null;
  }

  /** Only those that this role may drop: another team's may look the same. */
  private void sweep(Connection admin) throws SQLException {
    List<String> unused =
        Queries.column(
            admin,
            "select d.datname from pg_catalog.pg_database d where d.datname like ?"
                + " and pg_catalog.pg_has_role(d.datdba, 'USAGE') and not exists"
                + " (select from pg_catalog.pg_stat_activity a where a.datname = d.datname)",
            PREFIX.replace("_", "\\_") + "%");
    for (String name : unused) {
      Matcher shape = NAME.matcher(name);
      if (shape.matches() && orphaned(Long.parseLong(shape.group(1)))) {
        try {
          Queries.execute(admin, "DROP DATABASE IF EXISTS " + SqlNames.inQuotes(name));
        } catch (SQLException e) {
          if (!SqlState.OBJECT_IN_USE.is(e)) {
            throw e;
          } // somebody has connected since; the next sweep will find it
        }
      }
    }
  }

  private boolean orphaned(long createdSeconds) {
    return Instant.ofEpochSecond(createdSeconds).plus(ORPHANED).isBefore(clock.instant());
  }

  @Override
  public ScratchDatabase database(String label) {
    return create(label, "template0");
  }

  @Override
  public ScratchDatabase database(String label, ScratchDatabase template) {
    return create(label, template.name());
  }

  private ScratchDatabase create(String label, String template) {
    String plain = ScratchServer.nameFor(label);
    String name =
        PREFIX
            + clock.instant().getEpochSecond()
            + String.format("_%08x_", ThreadLocalRandom.current().nextInt())
            + plain.substring(0, Math.min(LABEL, plain.length()));
    String encoding = template.equals("template0") ? " ENCODING 'UTF8'" : "";
    execute(
        "CREATE DATABASE "
            + SqlNames.inQuotes(name)
            + " TEMPLATE "
            + SqlNames.inQuotes(template)
            + encoding);
    ScratchDatabase database =
        new ScratchDatabase(
            name,
            before + URLEncoder.encode(name, StandardCharsets.UTF_8) + after,
            user,
            password,
            this::drop);
    synchronized (open) {
      open.add(database);
    }
    return database;
  }

  private void drop(ScratchDatabase database) {
    synchronized (open) {
      if (!open.remove(database)) {
        return;
      }
    }
    if (!NAME.matcher(database.name()).matches()) {
      throw new IllegalArgumentException(database.name() + " is not a scratch database");
    }
    // WITH (FORCE) needs PostgreSQL 13, the oldest we support.
    execute("DROP DATABASE IF EXISTS " + SqlNames.inQuotes(database.name()) + " WITH (FORCE)");
  }

  @Override
  public void administer(String sql) {
    execute(sql);
  }

  Connection connect() throws SQLException {
    return ScratchConnections.connect(url, user, password);
  }

  private void execute(String sql) {
    try (Connection admin = ScratchConnections.connect(url, user, password)) {
      Queries.execute(admin, sql);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The scratch server refused \"" + sql + "\": " + e.getMessage() + ".",
          "Check what the role of migrate.scratchUrl may do.",
          e);
    }
  }

  @Override
  public void close() {
    dropAll();
  }

  void dropAll() {
    List<ScratchDatabase> left;
    synchronized (open) {
      left = List.copyOf(open);
    }
    left.forEach(ScratchDatabase::close);
  }
}
