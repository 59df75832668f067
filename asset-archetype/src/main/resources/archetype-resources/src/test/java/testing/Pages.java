package ${package}.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Pages as "maria", an editor, gets them. */
@TestComponent
public class Pages {
  private final MockMvcTester http;
  private MockHttpSession session;

  Pages(MockMvcTester http) {
    this.http = http;
  }

  /** A page that is there. */
  public Document get(String address, Object... variables) {
    return document(response(address, variables), 200);
  }

  public MockHttpServletResponse response(String address, Object... variables) {
    return http.get()
        .uri(address, variables)
        .accept(MediaType.TEXT_HTML)
        .with(user("maria").roles("EDITOR"))
        .exchange()
        .getResponse();
  }

  /** What htmx would get. */
  public MockHttpServletResponse swap(String address, Object... variables) {
    return http.get()
        .uri(address, variables)
        .accept(MediaType.TEXT_HTML)
        .header("HX-Request", "true")
        .with(user("maria").roles("EDITOR"))
        .exchange()
        .getResponse();
  }

  /**
   * Sends a form, with the token that its page has.
   *
   * @param fields names and values in turn
   */
  public MockHttpServletResponse post(String address, Object... fields) {
    var request =
        http.post()
            .uri(address)
            .accept(MediaType.TEXT_HTML)
            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
            .with(user("maria").roles("EDITOR"))
            .with(csrf());
    if (session != null) {
      request.session(session);
    }
    for (int i = 0; i < fields.length; i += 2) {
      request.param(fields[i].toString(), Objects.toString(fields[i + 1]));
    }
    return request.exchange().getResponse();
  }

  /** In a new session, in which forms are sent from then on. */
  public MockHttpServletResponse upload(String address, byte[] file) {
    end();
    session = new MockHttpSession();
    return http.perform(
            MockMvcRequestBuilders.multipart(address)
                .file(new MockMultipartFile("file", "assets.csv", "text/csv", file))
                .accept(MediaType.TEXT_HTML)
                .session(session)
                .with(user("maria").roles("EDITOR"))
                .with(csrf()))
        .getResponse();
  }

  /** As a server ends sessions: what waits in one goes away with it. */
  @PreDestroy
  void end() {
    if (session != null && !session.isInvalid()) {
      session.invalidate();
    }
  }

  public static Document document(MockHttpServletResponse response, int status) {
    assertThat(response.getStatus()).isEqualTo(status);
    return Jsoup.parse(text(response));
  }

  public static String text(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
  }
}
