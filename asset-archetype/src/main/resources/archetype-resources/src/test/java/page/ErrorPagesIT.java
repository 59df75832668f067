package ${package}.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import jakarta.servlet.RequestDispatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@ApplicationTest
@DisplayName("Over the network, pages")
class ErrorPagesIT {
  private static final Path STANDBY = Path.of("target/test-standby");

  @LocalServerPort private int port;
  @Autowired private Pages pages;
  @Autowired private MockMvcTester http;

  @AfterEach
  void openAgain() throws IOException {
    Files.deleteIfExists(STANDBY);
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, There is nothing at this address",
    "/assets/999999999, 404, There is nothing at this address",
    "/assets/words, 404, There is nothing at this address",
    "/people/999999999/edit, 404, There is nothing at this address"
  })
  @DisplayName("say in words what went wrong")
  void sayInWordsWhatWentWrong(String address, int status, String words) {
    Document page = Pages.document(pages.response(address), status);
    assertThat(page.selectFirst("h1").text()).isEqualTo(words);
    assertThat(page.select("nav a")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "403, You may not do this",
    "409, Somebody else was quicker",
    "500, This went wrong on our side",
    "503, Back in a moment"
  })
  @DisplayName("tell nothing about the inside when the server fails")
  void tellNothingAboutTheInside(int status, String words) {
    MockHttpServletResponse response =
        http.get()
            .uri("/error")
            .accept(MediaType.TEXT_HTML)
            .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, status)
            .requestAttr(RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("secret"))
            .requestAttr(RequestDispatcher.ERROR_MESSAGE, "secret")
            .with(user("maria").roles("EDITOR"))
            .exchange()
            .getResponse();

    Document page = Pages.document(response, status);
    assertThat(page.selectFirst("h1").text()).isEqualTo(words);
    assertThat(page.html()).doesNotContain("secret", "IllegalState");
  }

  @Test
  @DisplayName("are for people; programs get problem documents")
  void areForPeople() throws Exception {
    String basic = "Basic " + basic("vera");
    for (String accept : new String[] {"*/*", "application/json", "text/html"}) {
      HttpResponse<byte[]> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/nowhere"))
                      .header("Accept", accept)
                      .header("Authorization", basic)
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).as(accept).isEqualTo(404);
      assertThat(response.headers().firstValue("Content-Type"))
          .as(accept)
          .contains("application/problem+json");
    }
  }

  @Test
  @DisplayName("name what is missing, as a page")
  void nameWhatIsMissing() {
    Document page = Pages.document(pages.post("/assets/1", "name", "without version"), 400);
    assertThat(page.selectFirst("h1").text()).isEqualTo("This request makes no sense to us");
    assertThat(Pages.document(pages.post("/dashboard"), 404).select("nav a")).isNotEmpty();
    assertThat(Pages.document(pages.post("/transfer"), 405).select("nav a")).isNotEmpty();
  }

  @Test
  @DisplayName("refuse an upload that is none, and a form with letters for a number")
  void refuseAnUploadThatIsNone() {
    Document page = Pages.document(pages.post("/transfer/preview", "file", "x"), 400);
    assertThat(page.select("nav a")).isNotEmpty();
    assertThat(Pages.document(pages.post("/assets/1", "version", "x"), 400).select("nav a"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/assets, application/json, true, application/problem+json",
    "/api/assets, application/json, false, application/problem+json",
    "/assets, application/x-www-form-urlencoded, true, text/html",
    "/transfer/preview, multipart/form-data; boundary=b, true, text/html"
  })
  @DisplayName("refuse what is too large, with words for whoever sent it")
  void refuseWhatIsTooLarge(String address, String type, boolean told, String answer)
      throws Exception {
    byte[] large = new byte[30_000_000];
    Arrays.fill(large, (byte) ' ');
    HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    String token = logIn(client);
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(large);
    if (type.startsWith("multipart")) {
      String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n";
      body =
          HttpRequest.BodyPublishers.concat(
              HttpRequest.BodyPublishers.ofString(part.formatted("_csrf", "") + token + "\r\n"),
              HttpRequest.BodyPublishers.ofString(part.formatted("file", "; filename=\"f.csv\"")),
              body,
              HttpRequest.BodyPublishers.ofString("\r\n--b--\r\n"));
    }
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .header("Accept", answer + ",*/*;q=0.5")
                .header("Content-Type", type)
                .header("Authorization", "Basic " + basic("maria"))
                // Without a length the body comes in pieces, and nobody knows how many.
                .POST(told ? body : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type").orElse("none")).startsWith(answer);
    assertThat(response.body()).contains(answer.equals("text/html") ? "This is too large" : "megabyte");
  }

  /** As "maria", who may edit; the token of her forms. */
  private String logIn(HttpClient client) throws Exception {
    String login = "http://localhost:" + port + "/login";
    HttpResponse<String> form =
        client.send(
            HttpRequest.newBuilder(URI.create(login)).build(), HttpResponse.BodyHandlers.ofString());
    String token = Jsoup.parse(form.body()).select("input[name=_csrf]").attr("value");
    String body = "username=maria&password=secret&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    client.send(
        HttpRequest.newBuilder(URI.create(login))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> page =
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/transfer")).build(),
            HttpResponse.BodyHandlers.ofString());
    return Jsoup.parse(page.body()).select("main input[name=_csrf]").attr("value");
  }

  private static String basic(String name) {
    return Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("refuse a forged form with a page")
  void refuseAForgedForm() throws Exception {
    HttpResponse<byte[]> login = send("/login", null);
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(page(login).select("form[action=/login] input[name=_csrf]")).hasSize(1);

    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/assets"))
                    .header("Accept", "text/html")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("name=forged"))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(page(response).selectFirst("h1").text()).isEqualTo("You may not do this");
  }

  @Test
  @DisplayName("send whoever is not logged in to the login")
  void sendToTheLogin() throws Exception {
    HttpResponse<byte[]> response = send("/assets", null);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/login");
  }

  @Test
  @DisplayName("answer 503 on standby, with the words of whoever switched it on")
  void answerOnStandby() throws Exception {
    Files.writeString(STANDBY, "New cupboards until <b>noon</b>.");

    HttpResponse<byte[]> response = send("/assets", null);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    Document page = page(response);
    assertThat(page.selectFirst("h1").text()).isEqualTo("Back in a moment");
    assertThat(page.text()).contains("New cupboards until <b>noon</b>.");
    String style = page.selectFirst("link[rel=stylesheet]").attr("href");
    assertThat(send(style, null).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("have styles and scripts that are small, and kept by the browser until they change")
  void haveFilesThatAreKept() throws Exception {
    Document page = pages.get("/");
    String style = page.selectFirst("link[rel=stylesheet]").attr("href");
    String script = page.selectFirst("script").attr("src");
    assertThat(style).matches("/static/css/app-[0-9a-f]{32}\\.css");
    assertThat(script).matches("/webjars/htmx.org/[0-9.]+/dist/htmx.min.js");

    int all = 0;
    for (String file : new String[] {style, script}) {
      HttpResponse<byte[]> response = send(file, "gzip");
      assertThat(response.statusCode()).as(file).isEqualTo(200);
      assertThat(response.headers().firstValue("Cache-Control").orElseThrow())
          .as(file)
          .contains("max-age=31536000");
      assertThat(response.headers().firstValue("Content-Encoding")).as(file).contains("gzip");
      try (GZIPInputStream unpacked =
          new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
        assertThat(unpacked.readAllBytes().length).isGreaterThan(response.body().length);
      }
      all += response.body().length;
    }
    assertThat(all).as("bytes on the wire").isLessThan(30_000);
  }

  private HttpResponse<byte[]> send(String address, String encoding) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
            .header("Accept", "text/html,*/*;q=0.5");
    if (encoding != null) {
      request.header("Accept-Encoding", encoding);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Document page(HttpResponse<byte[]> response) {
    return Jsoup.parse(new String(response.body(), StandardCharsets.UTF_8));
  }
}
