package dev.migrate.scratch;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.SecureConnections;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Sandbox for untrusted schemas: scratch databases that are loaded as a role without any power. The
 * checks, triggers and functions in them are code of people who may be hostile, and a superuser of
 * PostgreSQL can run programs and write files where the server runs. So the databases belong to a
 * role that can do nothing but own them, and whoever loads into them logs in as that role. {@code
 * SET ROLE} would be no sandbox: code resets it.
 *
 * <p>What only a superuser may make is the business of the {@link SandboxAdministrator}.
 */
public final class Sandbox implements Scratch {
  /** The roles that reach files, programs or other people's sessions. */
  private static final String POWERS =
      """
      SELECT rolname::pg_catalog.text FROM pg_catalog.pg_roles
      WHERE rolname IN ('pg_execute_server_program', 'pg_write_server_files',
          'pg_read_server_files', 'pg_signal_backend', 'pg_maintain', 'pg_write_all_data',
          'pg_create_subscription', 'pg_checkpoint', 'pg_use_reserved_connections')
        AND pg_catalog.pg_has_role(current_user, oid, 'MEMBER')
      UNION ALL
      SELECT CASE WHEN rolsuper THEN 'superuser' WHEN rolreplication THEN 'replication'
          ELSE 'createrole' END
      FROM pg_catalog.pg_roles
      WHERE rolname = current_user AND (rolsuper OR rolreplication
        OR rolcreaterole AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 160000)
      """;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Since this version a login can fire an event trigger, also that of an administrator. */
  private static final int LOGIN_TRIGGERS = 17;

  /** Before this version nobody but a superuser may see that there is none. */
  private static final int READABLE_SUBSCRIPTIONS = 14;

  /** Before this version the schema public belongs to whoever made the server. */
  private static final int OWNED_PUBLIC = 15;

  private final Scratch server;
  private final Optional<Modest> modest;

  private Sandbox(Scratch server, Optional<Modest> modest) {
    this.server = server;
    this.modest = modest;
  }

  /** The role that owns the databases. */
  private record Modest(String role, String password) {}

  /**
   * @param server where the databases are made
   * @return the sandbox; closing it closes the server's scratch
   * @throws MigrateException {@code UNTRUSTED_TARGET} when the role of a server that is lent can do
   *     more than a role in a sandbox may, and cannot make one that cannot
   */
  static Sandbox on(Scratch server) {
    boolean lent = server instanceof BorrowedScratch;
    if (lent && powers((BorrowedScratch) server).isEmpty()) {
      return new Sandbox(server, Optional.empty()); // whoever lends it has been careful
    }
    byte[] random = new byte[18];
    RANDOM.nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Modest made = new Modest("migrate_sandbox_" + password.substring(0, 12), password);
    server.administer(
        "CREATE ROLE "
            + SqlNames.inQuotes(made.role())
            + " LOGIN "
            + (lent ? "" : "BYPASSRLS ") // so that copies with row security can be compared
            + "PASSWORD '"
            + password.substring(12)
            + "'");
    return new Sandbox(server, Optional.of(new Modest(made.role(), password.substring(12))));
  }

  private static List<String> powers(BorrowedScratch lent) {
    try (Connection connection = lent.connect()) {
      List<String> powers = Queries.column(connection, POWERS);
      if (powers.isEmpty() || powers.contains("superuser")) {
        return powers;
      }
      throw new MigrateException(
          FailureCode.UNTRUSTED_TARGET,
          "The role of migrate.scratchUrl can do more than code of the target may be allowed to (%s), and is no superuser who could make a role for it."
              .formatted(String.join(", ", powers)),
          "Lend a role that has no right but to create databases, or an embedded server by leaving"
              + " migrate.scratchUrl out. If you trust everybody who may create objects in the"
              + " target, give -Dmigrate.trustTarget=true.");
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.CONNECTION,
          "The scratch server cannot be used: " + e.getMessage() + ".",
          "Check migrate.scratchUrl, its user and its password.",
          e);
    }
  }

  /**
   * @return whether the server is our own, so that roles can be made there
   */
  public boolean own() {
    return server instanceof ScratchServer;
  }

  /**
   * Makes roles that own things in what is to be loaded, without any right and without a login; the
   * owner of the databases may act as each. Only on a server of our own.
   *
   * @param roles their names; those that are there already stay what they are
   */
  public void createRoles(List<String> roles) {
    ScratchServer own = (ScratchServer) server;
    String owner = modest.orElseThrow().role();
    for (String role : roles) {
      String name = SqlNames.inQuotes(role);
      own.administer(
          "DO "
              + literal(
                  "BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = "
                      + literal(role)
                      + ") THEN CREATE ROLE "
                      + name
                      + " NOLOGIN; END IF; IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE"
                      + " rolname = "
                      + literal(role)
                      + " AND (rolsuper OR pg_catalog.starts_with(rolname, 'pg_'))) THEN GRANT "
                      + name
                      + " TO "
                      + owner
                      + "; END IF; END"));
    }
  }

  @Override
  public ScratchDatabase database(String label) {
    return confined(server.database(label));
  }

  @Override
  public ScratchDatabase database(String label, ScratchDatabase template) {
    return confined(server.database(label, template));
  }

  private ScratchDatabase confined(ScratchDatabase database) {
    try {
      ScratchDatabase confined =
          modest
              .map(role -> database.ownedBy(role.role(), role.password()))
              .orElseGet(() -> database.ownedBy(database.user(), database.password()));
      if (modest.isPresent()) {
        handOver(database, modest.get().role());
      }
      prove(confined);
      return confined;
    } catch (SQLException e) {
      database.close();
      throw new MigrateException(
          FailureCode.DATABASE,
          "The scratch database for what comes from the target cannot be made: "
              + e.getMessage()
              + ".",
          "Let the scratch server accept logins with a password from this machine, or leave"
              + " migrate.scratchUrl out to use an embedded server.",
          e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void handOver(ScratchDatabase database, String role) throws SQLException {
    server.administer(
        "ALTER DATABASE "
            + SqlNames.inQuotes(database.name())
            + " OWNER TO "
            + SqlNames.inQuotes(role));
    try (Connection administrator = database.connectToRead()) {
      int major = administrator.getMetaData().getDatabaseMajorVersion();
      if (major < OWNED_PUBLIC) {
        Queries.execute(administrator, "ALTER SCHEMA public OWNER TO " + SqlNames.inQuotes(role));
      }
      if (major < READABLE_SUBSCRIPTIONS && own()) {
        Queries.execute(
            administrator,
            "GRANT SELECT ON pg_catalog.pg_subscription TO " + SqlNames.inQuotes(role));
      }
      if (major >= LOGIN_TRIGGERS) {
        Queries.execute(
            administrator,
            "ALTER ROLE CURRENT_USER IN DATABASE "
                + SqlNames.inQuotes(database.name())
                + " SET event_triggers = off");
      }
    }
  }

  /** The URL of a server that is lent, or its pg_ident.conf, may have made somebody else of us. */
  private static void prove(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      SecureConnections.close(connection);
      List<String> powers = Queries.column(connection, POWERS);
      if (!powers.isEmpty()) {
        throw new SQLException("the role that is to own it is " + String.join(", ", powers));
      }
    }
  }

  @Override
  public void administer(String sql) {
    server.administer(sql);
  }

  @Override
  public Sandbox sandbox() {
    return this;
  }

  @Override
  public void close() {
    if (server instanceof BorrowedScratch lent && modest.isPresent()) {
      lent.dropAll();
      lent.administer("DROP ROLE " + SqlNames.inQuotes(modest.get().role()));
    }
    server.close();
  }
}
