package ${package}.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@ApplicationTest
@DisplayName("The login")
class LoginIT {
  @Autowired private MockMvcTester http;
  @Autowired private Pages pages;

  @Test
  @DisplayName("refuses the right password, too, after many wrong ones")
  void refusesTheRightPassword() {
    MockHttpServletResponse wrong = api("wrong");
    for (int i = 0; i < 10 && wrong.getStatus() == 401; i++) {
      wrong = api("wrong");
    }
    assertThat(wrong.getStatus()).isEqualTo(429);

    MockHttpServletResponse right = api("secret");
    assertThat(right.getStatus()).isEqualTo(429);
    assertThat(Integer.parseInt(right.getHeader("Retry-After"))).isPositive();

    MockHttpServletResponse form =
        http.post()
            .uri("/login")
            .with(csrf())
            .param("username", "gus")
            .param("password", "secret")
            .with(
                request -> {
                  request.setRemoteAddr("192.0.2.8");
                  return request;
                })
            .exchange()
            .getResponse();
    assertThat(form.getRedirectedUrl()).isEqualTo("/login?error=wait");
    assertThat(pages.get("/login?error=wait").select("[role=alert]").text())
        .isEqualTo("There were too many wrong passwords. Wait a few minutes, then try again.");
  }

  private MockHttpServletResponse api(String password) {
    return http.get()
        .uri("/api/categories")
        .with(httpBasic("gus", password))
        .with(
            request -> {
              request.setRemoteAddr("192.0.2.7");
              return request;
            })
        .exchange()
        .getResponse();
  }
}
