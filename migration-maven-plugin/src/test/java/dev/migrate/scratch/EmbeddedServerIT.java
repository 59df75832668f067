package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The embedded server of a project")
@Timeout(120)
class EmbeddedServerIT {
  @TempDir Path project;

  private Path state;
  private EmbeddedServer server;

  @BeforeEach
  void someProject() throws IOException {
    state = project.resolve("Öl & \"Gas\" 'x' $HOME").resolve(".migrate");
    server = EmbeddedServer.of(TestPostgres.installation(), state);
  }

  @AfterEach
  void nothingRuns() {
    server.stop();
    assertThat(server.running()).isEmpty();
  }

  @Test
  @DisplayName(
      "keeps data, port and password between runs, and gives each cluster its own password")
  void keepsItsData() throws Exception {
    ServerAddress first;
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      first = lease.address();
      assertThat(server.running()).contains(first);
      sql(lease, "create table public.asset (id int); insert into public.asset values (42)");
    }
    assertThat(server.running()).isEmpty();

    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(lease.address()).isEqualTo(first);
      assertThat(query(lease, "select id from public.asset")).containsExactly("42");
      assertThat(query(lease, "show fsync")).containsExactly("on");
      assertThat(lease.notice()).isEmpty();
    }
    Path password = state.resolve("postgres-18/password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
    assertThat(password).hasContent(first.password());
    assertThat(first.password()).isNotEqualTo(TestPostgres.server().address().password());
  }

  @Test
  @DisplayName(
      "is shared by all uses of one JVM, also of another class loader; the last one ends it")
  void shared() throws Exception {
    try (URLClassLoader realm = anotherRealm();
        EmbeddedServer.Lease first = server.acquire("one")) {
      try (EmbeddedServer.Lease second = server.acquire("two");
          AutoCloseable third = acquireIn(realm)) {
        assertThat(third.getClass()).isNotEqualTo(second.getClass());
        assertThat(second.address()).isEqualTo(first.address());
        assertThat(second.jdbcUrl()).endsWith("/two");
      }
      assertThat(query(first, "select 1")).containsExactly("1");
    }
    assertThat(server.running()).isEmpty();
  }

  @Test
  @DisplayName("stays after start until stop, which does not end it under somebody's feet")
  void startAndStop() throws Exception {
    ServerAddress address = server.start("app");
    assertThat(server.running()).contains(address);
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(lease.address()).isEqualTo(address);
    }
    assertThat(server.running()).contains(address);
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(server.stop()).isEqualTo(EmbeddedServer.Stop.IN_USE);
      assertThat(query(lease, "select 1")).containsExactly("1");
    }
    assertThat(server.running()).isEmpty();
    assertThat(server.start("app")).isEqualTo(address);
    assertThat(server.stop()).isEqualTo(EmbeddedServer.Stop.STOPPED);
    assertThat(server.stop()).isEqualTo(EmbeddedServer.Stop.NOT_RUNNING);
  }

  @Test
  @DisplayName("ends when the JVM that uses it is killed, and is found again by the next")
  void killedUser() throws Exception {
    ChildJvm child = ChildJvm.start(ChildJvm.TARGET, state);
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(child.line())).orElseThrow();

    child.kill();
    try (EmbeddedServer.Lease lease = server.acquire("migrate")) {
      assertThat(query(lease, "select 1")).containsExactly("1"); // perhaps while it is ending
    }
    ChildJvm.awaitEnd(postmaster);

    ChildJvm another = ChildJvm.start(ChildJvm.TARGET, state);
    postmaster = ProcessHandle.of(Long.parseLong(another.line())).orElseThrow();
    another.kill();
    ChildJvm.awaitEnd(postmaster);
    assertThat(server.running()).isEmpty();
  }

  @Test
  @DisplayName("runs as nobody for root in a container, where there are no user namespaces")
  void rootInContainer() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"));
    assumeTrue(ServerAccount.asNobody().filter(nobody -> !nobody.forks()).isPresent());
    Path refusing = Files.createDirectory(project.resolve("bin")).resolve("unshare");
    Files.writeString(refusing, "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(refusing, PosixFilePermissions.fromString("rwxr-xr-x"));
    String path = refusing.getParent() + File.pathSeparator + System.getenv("PATH");

    ChildJvm child = ChildJvm.start(ChildJvm.TARGET, state, path);
    long postmaster = Long.parseLong(child.line());
    assertThat(Files.getOwner(Path.of("/proc/" + postmaster)).getName()).isEqualTo("nobody");
    child.release();
    assertThat(server.running()).isEmpty();

    server.acquire("migrate").close(); // and then without a container again
  }

  @Test
  @DisplayName("recovers when it was killed itself: what was committed is there")
  void killedServer() throws Exception {
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      sql(
          lease,
          "create table public.asset (id int); insert into public.asset select generate_series(1, 1000)");
      kill();
      try (EmbeddedServer.Lease next = server.acquire("app")) {
        assertThat(query(next, "select count(*) from public.asset")).containsExactly("1000");
        kill();
      }
    }
    assertThat(server.running()).isEmpty();
  }

  @Test
  @DisplayName("starts although a stale postmaster.pid names a living process of somebody else")
  void stalePidFile() throws Exception {
    server.acquire("app").close();
    Path data = state.resolve("postgres-18/data");
    Files.writeString(
        data.resolve("postmaster.pid"),
        String.join(
            "\n",
            String.valueOf(ProcessHandle.current().pid()),
            data.toString(),
            "1700000000",
            "20001",
            "",
            "127.0.0.1",
            "",
            "ready",
            ""));
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(query(lease, "select 1")).containsExactly("1");
    }
  }

  @Test
  @DisplayName("is one server for eight JVMs at once, and ends with the last of them")
  void eightAtOnce() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      children.add(ChildJvm.start(ChildJvm.TARGET, state));
    }
    List<String> postmasters = new ArrayList<>();
    for (ChildJvm child : children) {
      postmasters.add(child.line());
    }
    assertThat(postmasters).doesNotContainNull();
    assertThat(postmasters.stream().distinct()).hasSize(1);
    for (ChildJvm child : children) {
      assertThat(server.running()).isPresent();
      child.release();
    }
    assertThat(server.running()).isEmpty();
  }

  @Test
  @DisplayName("takes another port when its own is taken")
  void portTaken() throws Exception {
    int port;
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      port = lease.address().port();
    }
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(lease.address().port()).isNotEqualTo(other.getLocalPort());
      assertThat(query(lease, "select 1")).containsExactly("1");
    }
  }

  @Test
  @DisplayName("says so when the data of the project belongs to another major version")
  void otherMajor() throws Exception {
    Path other = Files.createDirectories(state.resolve("postgres-17/data"));
    Files.writeString(other.resolve("PG_VERSION"), "17\n");
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(server.otherMajors()).containsExactly(17);
      assertThat(lease.notice()).get().asString().contains("-Dmigrate.postgresVersion=17");
    }
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(lease.notice()).isEmpty();
    }
  }

  @Test
  @DisplayName("that cannot start says why, in PostgreSQL's words, and leaves nothing behind")
  void cannotStart() throws Exception {
    server.acquire("app").close();
    Path settings = state.resolve("postgres-18/data/postgresql.auto.conf");
    Files.writeString(settings, "work_mem = 'much'\n");
    assertThatThrownBy(() -> server.acquire("app"))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.EMBEDDED_POSTGRES);
              assertThat(e.problem()).contains("work_mem");
              assertThat(e.remedy()).contains("server.log").contains("migrate.url");
            });
    assertThat(state.resolve("postgres-18/users")).isEmptyDirectory();
  }

  @Test
  @DisplayName("says what to do when its password was changed behind our back")
  void wrongPassword() throws Exception {
    server.acquire("app").close();
    Files.writeString(state.resolve("postgres-18/password"), "wrong");
    assertThatThrownBy(() -> server.acquire("app"))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("password");
  }

  @Test
  @DisplayName("survives a kill between the two steps of changing its password")
  void passwordHalfWay() throws Exception {
    String inForce;
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      inForce = lease.address().password();
    }
    Path folder = state.resolve("postgres-18");
    Files.writeString(folder.resolve("password"), "former");
    Files.writeString(folder.resolve("password.next"), inForce);
    try (EmbeddedServer.Lease lease = server.acquire("app")) {
      assertThat(lease.address().password()).isEqualTo(inForce);
    }
    assertThat(folder.resolve("password")).hasContent(inForce);
    assertThat(folder.resolve("password.next")).doesNotExist();
  }

  private void kill() throws Exception {
    ProcessHandle postmaster =
        ProcessHandle.of(PidFile.of(state.resolve("postgres-18/data")).orElseThrow().pid())
            .orElseThrow();
    postmaster.destroyForcibly();
    ChildJvm.awaitEnd(postmaster);
  }

  private static void sql(EmbeddedServer.Lease lease, String sql) throws SQLException {
    try (Connection connection = ScratchConnections.connect(lease.address(), lease.database())) {
      Queries.execute(connection, sql);
    }
  }

  private static List<String> query(EmbeddedServer.Lease lease, String sql) throws SQLException {
    try (Connection connection = ScratchConnections.connect(lease.address(), lease.database())) {
      return Queries.column(connection, sql);
    }
  }

  /** As Maven does it: the same plugin, loaded once more. */
  private static URLClassLoader anotherRealm() {
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(EmbeddedServerIT::url)
            .toArray(URL[]::new);
    return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String file) {
    try {
      return Path.of(file).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private AutoCloseable acquireIn(URLClassLoader realm) throws Exception {
    Class<?> postgres = realm.loadClass(TestPostgres.class.getName());
    Object installation = postgres.getMethod("installation").invoke(null);
    Class<?> type = realm.loadClass(EmbeddedServer.class.getName());
    Object other =
        type.getMethod("of", installation.getClass(), Path.class).invoke(null, installation, state);
    return (AutoCloseable) type.getMethod("acquire", String.class).invoke(other, "three");
  }
}
