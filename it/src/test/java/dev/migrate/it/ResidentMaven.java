package dev.migrate.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * One JVM in which many builds run, one after the other: the second one takes a fifth of the first.
 * Shell scripts find it on their {@code PATH} as {@code mvn}; where their environment names a
 * database, which a JVM that runs already cannot hear, that is the real Maven.
 *
 * <p>For tests of documents, which are about what is typed and shown. Tests of goals start a Maven
 * of their own, as users do.
 */
final class ResidentMaven implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private ResidentMaven(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * @param maven the one that it stands in for
   * @return the running JVM
   */
  static ResidentMaven start(Maven maven) {
    try {
      Path folder =
          Files.createDirectories(
              UnderTest.work().resolve("resident-" + ProcessHandle.current().pid()));
      Path port = folder.resolve("port");
      Files.deleteIfExists(port);
      List<String> command =
          List.of(
              maven.javaHome().resolve("bin/java").toString(),
              "-XX:+UseSerialGC",
              "-Xmx1g",
              "-Djansi.noreset=true",
              "-Dmaven.home=" + maven.home(),
              "-cp",
              System.getProperty("java.class.path"),
              ResidentMaven.class.getName(),
              port.toString());
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.matches("(MIGRATE_|PG|MAVEN_).*"));
      builder.environment().remove("DATABASE_URL");
      Process process =
          builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
      while (!Files.exists(port)) {
        if (!process.isAlive()) {
          throw new AssertionError("It did not start: " + Files.readString(folder.resolve("log")));
        }
        Thread.sleep(20);
      }
      Path bin = Files.createDirectories(folder.resolve("bin"));
      Path mvn = bin.resolve("mvn");
      Files.writeString(mvn, launcher(maven, Files.readString(port), folder));
      mvn.toFile().setExecutable(true);
      return new ResidentMaven(process, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String launcher(Maven maven, String port, Path folder) {
    StringBuilder options = new StringBuilder();
    maven.command().forEach(word -> options.append(" '").append(word).append("'"));
    return """
    #!/bin/bash
    if env | grep -qE '^(MIGRATE_|PG|DATABASE_URL)'; then
      exec%1$s "$@"
    fi
    set --%1$s "$@"
    shift
    answer=$(mktemp -d '%3$s/answer.XXXXXX')
    exec 5<> /dev/tcp/127.0.0.1/%2$s
    printf '%%s\\0' "$#" "$answer" "$PWD" "$@" >&5
    read -r status <&5
    cat "$answer/err" >&2
    cat "$answer/out"
    exit "$status"
    """
        .formatted(options, port, folder);
  }

  /** The folder to put first on a {@code PATH}. */
  Path bin() {
    return folder.resolve("bin");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /** Takes builds, one after the other, until somebody ends this process. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(System.getProperty("maven.home"));
    List<URL> jars = new ArrayList<>();
    for (String part : List.of("boot", "lib")) {
      try (Stream<Path> files = Files.list(home.resolve(part))) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
          jars.add(jar.toUri().toURL());
        }
      }
    }
    jars.add(home.resolve("conf/logging/").toUri().toURL());
    PrintStream console = System.out;
    Properties before = (Properties) System.getProperties().clone();
    ClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Class<?> worldType = loader.loadClass("org.codehaus.plexus.classworlds.ClassWorld");
    Class<?> cliType = loader.loadClass("org.apache.maven.cli.MavenCli");
    Method run =
        cliType.getMethod(
            "doMain", String[].class, String.class, PrintStream.class, PrintStream.class);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path port = Path.of(arguments[0]);
      Path made = port.resolveSibling("port.new");
      Files.writeString(made, String.valueOf(server.getLocalPort()));
      Files.move(made, port);
      while (true) {
        try (Socket socket = server.accept()) {
          DataInputStream in = new DataInputStream(socket.getInputStream());
          int count = Integer.parseInt(word(in));
          Path answer = Path.of(word(in));
          String directory = word(in);
          String[] words = new String[count];
          for (int i = 0; i < count; i++) {
            words[i] = word(in);
          }
          int status;
          try (PrintStream out = stream(answer.resolve("out"));
              PrintStream err = stream(answer.resolve("err"))) {
            System.setProperties((Properties) before.clone());
            System.setProperty("maven.multiModuleProjectDirectory", root(directory));
            Object world =
                worldType
                    .getConstructor(String.class, ClassLoader.class)
                    .newInstance("plexus.core", loader);
            Object cli = cliType.getConstructor(worldType).newInstance(world);
            status = (int) run.invoke(cli, words, directory, out, err);
          } finally {
            System.setOut(console);
            System.setErr(console);
          }
          socket.getOutputStream().write((status + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static PrintStream stream(Path file) throws IOException {
    return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /** The folder above that has a folder .mvn, as Maven's script looks for it. */
  private static String root(String directory) {
    for (File folder = new File(directory); folder != null; folder = folder.getParentFile()) {
      if (new File(folder, ".mvn").isDirectory()) {
        return folder.toString();
      }
    }
    return directory;
  }

  private static String word(DataInputStream in) throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    for (int one = in.readByte(); one != 0; one = in.readByte()) {
      word.write(one);
    }
    return word.toString(StandardCharsets.UTF_8);
  }
}
