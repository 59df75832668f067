package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.target.Target;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL client program ({@code pg_dump}, {@code pg_restore}, {@code psql}), found on this
 * machine or reached through a command such as {@code docker compose exec -T db}.
 *
 * @param command how to call it
 * @param version what it says of itself, such as {@code pg_dump (PostgreSQL) 15.8}
 * @param major its major version
 * @param remote whether it runs somewhere else, where our files and addresses mean nothing
 */
record ClientTool(List<String> command, String version, int major, boolean remote) {
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  /** Where Debian, Homebrew (both processors), Red Hat's packages and the installers put them. */
  private static final List<String> PLACES =
      List.of(
          "/usr/lib/postgresql",
          "/opt/homebrew/opt",
          "/usr/local/opt",
          "/usr/pgsql",
          "/Library/PostgreSQL",
          "C:\\Program Files\\PostgreSQL");

  ClientTool {
    command = List.copyOf(command);
  }

  /**
   * Finds a program that is not older than a server: one of the same major version if there is one,
   * else the oldest of the newer ones.
   *
   * @param program its name, such as {@code pg_restore}
   * @param options says where to look before anywhere else
   * @param major the oldest version that will do
   * @return the program, if there is one
   * @throws MigrateException {@code CLIENT_TOOL} when the one that was asked for is none, or too
   *     old
   */
  static Optional<ClientTool> find(String program, BackupOptions options, int major) {
    if (!options.command().isEmpty()) {
      List<String> command = new ArrayList<>(options.command());
      command.add(program);
      return Optional.of(suitable(ask(command, true), command, major));
    }
    if (options.wantedPgDump().isPresent()) {
      Path wanted = options.wantedPgDump().get();
      List<String> command = List.of(beside(wanted, program).toString());
      return Optional.of(suitable(ask(command, false), command, major));
    }
    return candidates(program).stream()
        .flatMap(path -> ask(List.of(path.toString()), false).stream())
        .filter(tool -> tool.major() >= major)
        .min(Comparator.comparing(ClientTool::major));
  }

  /**
   * @return what keeps it from connecting to a target as the driver does; empty when it can
   */
  Optional<String> obstacle(Target target) {
    // Somewhere else the server is at its usual place, whatever our address says.
    return remote ? Optional.empty() : target.libpqObstacle(major);
  }

  /**
   * @return this program
   * @throws MigrateException {@code CLIENT_TOOL} when it cannot connect to the target
   */
  ClientTool reaching(Target target) {
    Optional<String> obstacle = obstacle(target);
    if (obstacle.isPresent()) {
      throw new MigrateException(
          FailureCode.CLIENT_TOOL,
          "%s cannot reach this server as the driver does: %s."
              .formatted(command.get(command.size() - 1), obstacle.get()),
          "Call it where the server is, with -Dmigrate.backupCommand=\"docker compose exec -T db\","
              + " or take backups with -Dmigrate.backupEngine=jdbc, which needs no program.");
    }
    return this;
  }

  /** Whoever names pg_dump means the pg_restore of the same folder. */
  private static Path beside(Path pgDump, String program) {
    Path folder = Files.isDirectory(pgDump) ? pgDump : pgDump.toAbsolutePath().getParent();
    String name = pgDump.getFileName().toString();
    boolean itself = !Files.isDirectory(pgDump) && program.equals("pg_dump");
    return itself ? pgDump : folder.resolve(name.endsWith(".exe") ? program + ".exe" : program);
  }

  private static ClientTool suitable(Optional<ClientTool> tool, List<String> command, int major) {
    ClientTool found =
        tool.orElseThrow(
            () ->
                new MigrateException(
                    FailureCode.CLIENT_TOOL,
                    "\"%s --version\" does not answer as one of PostgreSQL's programs does."
                        .formatted(String.join(" ", command)),
                    "Correct -Dmigrate.pgDump or -Dmigrate.backupCommand, or use"
                        + " -Dmigrate.backupEngine=jdbc, which needs no program."));
    if (found.major() < major) {
      throw new MigrateException(
          FailureCode.CLIENT_TOOL,
          "%s is older than the server, which is PostgreSQL %d.".formatted(found.version(), major),
          "Name one of version %d or later with -Dmigrate.pgDump, or use".formatted(major)
              + " -Dmigrate.backupEngine=jdbc, which needs no program.");
    }
    return found;
  }

  private static Set<Path> candidates(String program) {
    Set<Path> found = new LinkedHashSet<>();
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
      if (!folder.isEmpty()) {
        add(found, Path.of(folder), program);
      }
    }
    for (String place : PLACES) {
      Path base = Path.of(place);
      // Red Hat's folders are called /usr/pgsql-15; the others have one folder for each version.
      Path parent = place.equals("/usr/pgsql") ? base.getParent() : base;
      String glob = place.equals("/usr/pgsql") ? "pgsql-*" : "*";
      if (!Files.isDirectory(parent)) {
        continue;
      }
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, glob)) {
        versions.forEach(version -> add(found, version.resolve("bin"), program));
      } catch (IOException unreadable) {
        // What we may not look into cannot be called either.
        continue;
      }
    }
    return found;
  }

  private static void add(Set<Path> found, Path folder, String program) {
    for (String name : List.of(program, program + ".exe")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        found.add(file);
      }
    }
  }

  private static Optional<ClientTool> ask(List<String> command, boolean remote) {
    List<String> question = new ArrayList<>(command);
    question.add("--version");
    try {
      Process process = new ProcessBuilder(question).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      Matcher version = VERSION.matcher(answer);
      return process.exitValue() == 0 && version.find()
          ? Optional.of(
              new ClientTool(command, answer.strip(), Integer.parseInt(version.group(1)), remote))
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
