package ${package}.standby;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.testing.ApplicationTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
@DisplayName("On standby")
class StandbyIT {
  @LocalServerPort private int port;
  @Autowired private Standby standby;

  @AfterEach
  void off() {
    standby.off();
  }

  @Test
  @DisplayName("people get a page, programs a problem document, and health goes on")
  void answersWithUnavailable() throws Exception {
    standby.on("Back at noon <script>");

    HttpResponse<String> page = get("/assets");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).contains("300");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("Back at noon").doesNotContain("noon <script>");

    HttpResponse<String> api = get("/api/assets");
    assertThat(api.statusCode()).isEqualTo(503);
    assertThat(api.headers().firstValue("Retry-After")).contains("300");
    assertThat(api.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(api.body()).contains("Back at noon");

    assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
    assertThat(get("/static/css/app.css").statusCode()).isEqualTo(200);

    standby.off();
    assertThat(get("/login").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("health tells everybody the revision, and only operators the rest")
  void healthTellsTheRest() throws Exception {
    assertThat(get("/actuator/health/revision").body()).containsPattern("\"revision\":\"[0-9]{14}\"");
    assertThat(get("/actuator/health").body())
        .contains("\"schema\":{\"status\":\"UP\"}")
        .doesNotContain("details");
    assertThat(send(request("/actuator/health", "maria").GET()).body()).doesNotContain("details");
    assertThat(send(request("/actuator/health", "otto").GET()).body())
        .contains("\"revision\"", "diskSpace", "details");
  }

  @Test
  @DisplayName("is a matter of operators")
  void isAMatterOfOperators() throws Exception {
    assertThat(post(null).statusCode()).isEqualTo(401);
    assertThat(post("maria").statusCode()).isEqualTo(403);
    assertThat(standby.isOn()).isFalse();

    assertThat(post("otto").statusCode()).isEqualTo(200);
    assertThat(standby.message()).isEqualTo("Back soon");

    HttpResponse<String> off = send(request("/actuator/standby", "otto").DELETE());
    assertThat(off.statusCode()).isEqualTo(200);
    assertThat(standby.isOn()).isFalse();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path, null).GET());
  }

  private HttpResponse<String> post(String user) throws IOException, InterruptedException {
    return send(
        request("/actuator/standby", user)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"message\":\"Back soon\"}")));
  }

  private HttpRequest.Builder request(String path, String user) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Accept", path.startsWith("/api") ? "application/json" : "text/html,*/*");
    if (user != null) {
      byte[] login = (user + ":secret").getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    return request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
