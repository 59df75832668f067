package dev.migrate.it;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * A process that deployments start and stop in tests: it holds a session of the database, as an
 * application does, and is well when the schema is the one of its release.
 */
final class StandInApplication {
  private StandInApplication() {}

  /**
   * @param arguments {@code old} or {@code new}, a port, a file that takes the process number once
   *     it listens, and URL, user and password of the database
   */
  public static void main(String[] arguments) throws Exception {
    String release = arguments[0];
    String url = arguments[3] + (arguments[3].contains("?") ? "&" : "?");
    Connection connection =
        DriverManager.getConnection(
            url + "ApplicationName=application-" + release, arguments[4], arguments[5]);
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
            0);
    server.createContext(
        "/health",
        exchange -> {
          int status = 500;
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("select to_regclass('public.maintenance') is not null")) {
            row.next();
            status = row.getBoolean(1) == release.equals("new") ? 200 : 503;
          } catch (java.sql.SQLException e) {
            e.printStackTrace();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    Path pid = Path.of(arguments[2]);
    Path made = pid.resolveSibling("pid.new");
    Files.writeString(made, String.valueOf(ProcessHandle.current().pid()));
    Files.move(made, pid, StandardCopyOption.REPLACE_EXISTING);
  }
}
