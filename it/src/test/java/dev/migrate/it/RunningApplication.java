package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The generated application, started with {@code mvn spring-boot:run} on a free port. */
final class RunningApplication implements AutoCloseable {
  private final Project project;
  private final RunningBuild build;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private RunningApplication(Project project, RunningBuild build, int port) {
    this.project = project;
    this.build = build;
    this.port = port;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param project the generated project
   * @return the application
   */
  static RunningApplication start(Project project) {
    int port = freePort();
    RunningBuild build =
        project.start("spring-boot:run", "-Dspring-boot.run.arguments=--server.port=" + port);
    RunningApplication application = new RunningApplication(project, build, port);
    build.awaitOutput("Started Application in");
    return application;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param path where, from the root
   * @return what it answers
   */
  HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What it has written. */
  String output() {
    return build.output();
  }

  /** Ends it as Ctrl-C does, and the embedded database with it. */
  @Override
  public void close() {
    build.interrupt();
    build.await();
    project.run("migrate:stop").succeeds();
  }
}
