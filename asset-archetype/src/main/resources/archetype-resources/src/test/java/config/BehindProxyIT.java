package ${package}.config;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.testing.ApplicationTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** As a proxy that ends TLS speaks to it; the setting is SERVER_FORWARD_HEADERS_STRATEGY=native. */
@ApplicationTest
@DisplayName("Behind a proxy that ends TLS")
class BehindProxyIT {
  @LocalServerPort private int port;

  @Test
  @DisplayName("redirects lead to https and the address outside, and cookies are for https alone")
  void leadsToHttps() throws Exception {
    HttpResponse<String> asked = get(HttpClient.newHttpClient(), "/assets");
    assertThat(asked.statusCode()).isEqualTo(302);
    assertThat(asked.headers().firstValue("Location"))
        .contains("https://assets.example.org/login");
    assertThat(asked.headers().allValues("Set-Cookie"))
        .isNotEmpty()
        .allSatisfy(
            cookie -> assertThat(cookie).contains("; Secure").contains("; HttpOnly"));
    assertThat(asked.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  @DisplayName("somebody who logs in comes to the page that was asked for, on https")
  void comesToThePage() throws Exception {
    // The client speaks http here, and would keep cookies of https to itself.
    HttpClient client = HttpClient.newHttpClient();
    String cookie = cookie(get(client, "/people"));
    HttpResponse<String> form = get(client, "/login", "Cookie", cookie);
    String token = Jsoup.parse(form.body()).select("input[name=_csrf]").attr("value");
    HttpResponse<String> in =
        client.send(
            request("/login", "Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=vera&password=secret&_csrf=" + token))
                .build(),
            BodyHandlers.ofString());
    assertThat(in.headers().firstValue("Location"))
        .hasValueSatisfying(
            address -> assertThat(address).startsWith("https://assets.example.org/people"));
    assertThat(get(client, "/people", "Cookie", cookie(in)).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(HttpClient client, String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("X-Forwarded-For", "203.0.113.9")
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Host", "assets.example.org")
            .header("X-Forwarded-Port", "443")
            .header("Accept", "text/html");
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }
}
