package ${package}.load;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.testing.ApplicationTest;
import ${package}.testing.TestDatabase;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Requests per second of the dashboard and the lists, and the time that all but one in a hundred
 * take, over HTTP on this machine: mvn -Pbenchmark verify. The numbers of assets, clients and seconds
 * are the system properties benchmark.assets, benchmark.clients and benchmark.seconds. A part of the
 * rows, by a regular expression: -Dlist.only=/api.* or '-Dlist.only=/|/ with.*'.
 */
@ApplicationTest
@Tag("benchmark")
@DisplayName("Dashboard and lists under load")
class ListBenchmark {
  private static final int ASSETS = Integer.getInteger("benchmark.assets", 100_000);
  private static final int CLIENTS = Integer.getInteger("benchmark.clients", 8);
  private static final int SECONDS = Integer.getInteger("benchmark.seconds", 10);
  private static final long NANOS = 1_000_000_000L;

  private static final Pattern ONLY = Pattern.compile(System.getProperty("list.only", ".*"));
  private static final String CHANGING = "/ with five changes a second";

  private static final List<String> PAGES =
      Stream.of(
          "/",
          "/assets",
          "/assets?page=200",
          "/assets?sort=-name",
          "/assets?sort=purchased",
          "/assets?q=" + URLEncoder.encode("thinkpad 42", StandardCharsets.UTF_8),
          "/assets?status=in_stock",
          "/assets?status=retired",
          "/assets?location=7",
          "/assets?category=3&status=in_use&sort=name",
          "/assets?overdue=true",
          "/assets?status=kept",
          "/assets?q=nowhere",
          "/maintenance",
          "/maintenance?due=overdue",
          "/maintenance?due=all&page=100",
          "/people",
          "/people?q=son+99",
          "/locations",
          "/categories",
          "/assets/5000",
          "/api/assets?size=50",
          "/api/assets?size=200&page=40",
          "/api/maintenance")
          .filter(ListBenchmark::isWanted)
          .toList();

  @LocalServerPort private int port;
  @Autowired private TestDatabase database;

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @BeforeEach
  void fill() throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      if (count(statement) >= ASSETS) {
        return;
      }
      statement.execute("alter table assets disable trigger assets_audit");
      statement.execute(
          "insert into categories (name, tag_prefix) select 'Category ' || i, 'C' || chr(65 + i)"
              + " from generate_series(0, 9) as i");
      statement.execute(
          "insert into locations (name) select 'Location ' || i from generate_series(1, 50) as i");
      statement.execute(
          "insert into people (full_name, email) select 'Person ' || i, 'p' || i || '@example.org'"
              + " from generate_series(1, 1000) as i");
      statement.execute(
          """
          insert into assets (tag, name, serial_number, status, category_id, location_id,
            purchased_on, purchase_price, attributes)
          select 'C' || chr(65 + i %% 10) || '-' || lpad(i::text, 8, '0'),
            (array['ThinkPad', 'MacBook', 'Projector', 'Drill', 'Monitor'])[1 + i %% 5] || ' ' || i %% 977,
            'SN' || i,
            (case when i %% 3 = 0 then 'in_stock' when i %% 50 = 1 then 'in_repair' else 'in_use' end)::asset_status,
            (select min(id) from categories where name like 'Category %%') + i %% 10,
            (select min(id) from locations where name like 'Location %%') + i %% 50,
            current_date - i %% 2000, i %% 3000, jsonb_build_object('ram', i %% 64 || ' GB')
          from generate_series(1, %d) as i
          """
              .formatted(ASSETS));
      statement.execute(
          "insert into assignments (asset_id, person_id, assigned_at) select id,"
              + " (select min(id) from people where full_name like 'Person %') + id % 1000,"
              + " now() - interval '3 days' from assets where status = 'in_use'");
      statement.execute(
          "insert into maintenance (asset_id, kind, description, due_on) select id, 'inspection',"
              + " 'Inspection', current_date - 30 + (id % 400)::integer from assets"
              + " where id % 4 = 0");
      statement.execute("alter table assets enable trigger assets_audit");
      statement.execute("vacuum analyze");
    }
  }

  @Test
  @DisplayName("answers")
  void answers() throws Exception {
    logIn();
    System.out.printf(
        "%,d assets, %d clients, %d s each%n%-34s %10s %8s %8s %8s%n",
        ASSETS, CLIENTS, SECONDS, "", "requests/s", "p50 ms", "p99 ms", "max ms");
    // A new process compiles what it runs often: all pages come once before the first is measured.
    for (String page : PAGES) {
      measure(page, SECONDS);
    }
    for (String page : PAGES) {
      tell(page, measure(page, SECONDS));
    }
    if (!isWanted(CHANGING)) {
      return;
    }
    // What is kept of the dashboard is worked out again after each change.
    if (!PAGES.contains("/")) {
      measure("/", SECONDS);
    }
    ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
    try {
      changes.scheduleAtFixedRate(this::change, 0, 200, TimeUnit.MILLISECONDS);
      tell(CHANGING, measure("/", SECONDS));
    } finally {
      changes.shutdownNow();
    }
  }

  private static boolean isWanted(String row) {
    return ONLY.matcher(row).matches();
  }

  private void change() {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update assets set purchase_price = purchase_price + 1 where id = (select min(id) from assets)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void tell(String page, long[] times) {
    System.out.printf(
        "%-34s %10.0f %8.1f %8.1f %8.1f%n",
        page,
        times.length / (double) SECONDS,
        percentile(times, 0.50),
        percentile(times, 0.99),
        percentile(times, 1));
    assertThat(times).isNotEmpty();
  }

  /** How long each answer took, in order. */
  private long[] measure(String page, int seconds) throws Exception {
    HttpRequest request = request(page).GET().build();
    long end = System.nanoTime() + seconds * NANOS;
    Callable<long[]> user =
        () -> {
          long[] times = new long[1024];
          int count = 0;
          while (System.nanoTime() < end) {
            long start = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
              throw new IllegalStateException(page + " answered " + answer.statusCode());
            }
            if (count == times.length) {
              times = Arrays.copyOf(times, count * 2);
            }
            times[count++] = System.nanoTime() - start;
          }
          return Arrays.copyOf(times, count);
        };
    ExecutorService users = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<long[]>> all =
          users.invokeAll(IntStream.range(0, CLIENTS).mapToObj(i -> user).toList());
      long[] times = new long[0];
      for (Future<long[]> one : all) {
        long[] more = one.get();
        times = Arrays.copyOf(times, times.length + more.length);
        System.arraycopy(more, 0, times, times.length - more.length, more.length);
      }
      Arrays.sort(times);
      return times;
    } finally {
      users.shutdownNow();
    }
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)] / 1e6;
  }

  /** A session for the pages; the API gets the password with each request. */
  private void logIn() throws IOException, InterruptedException {
    String form =
        client.send(request("/login").GET().build(), BodyHandlers.ofString()).body();
    String token = Jsoup.parse(form).select("input[name=_csrf]").attr("value");
    String body =
        "username=vera&password=secret&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("Location").orElse("none"))
        .as("where the login leads to")
        .doesNotContain("error", "none");
  }

  private HttpRequest.Builder request(String page) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + page));
    // vera:secret
    return page.startsWith("/api") ? request.header("Authorization", "Basic dmVyYTpzZWNyZXQ=") : request;
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("select count(*) from assets")) {
      result.next();
      return result.getLong(1);
    }
  }
}
