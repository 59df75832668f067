package ${package}.standby;

import ${package}.schemastate.SchemaGuard;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers 503 while the application is on standby, or while its database is not where it should be:
 * people get a page, programs a problem document, both are told when to come back. Health and the
 * other endpoints of the operation go on answering, and so do stylesheets.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class StandbyFilter extends OncePerRequestFilter {
  /** For the page: what people are told, as a request attribute. */
  static final String MESSAGE = "standbyMessage";

  private static final List<String> OPEN =
      List.of("/actuator", "/static/", "/webjars/", "/favicon");

  private final Standby standby;
  private final SchemaGuard guard;
  private final StandbyProperties properties;
  private final JsonMapper json;

  StandbyFilter(
      Standby standby, SchemaGuard guard, StandbyProperties properties, JsonMapper json) {
    this.standby = standby;
    this.guard = guard;
    this.properties = properties;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (OPEN.stream().anyMatch(path::startsWith) || !standby.isOn() && !guard.closed()) {
      chain.doFilter(request, response);
      return;
    }
    String message = standby.message();
    if (message.isEmpty()) {
      message = "The asset tracker is being worked on. Please come back in a few minutes.";
    }
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(properties.retryAfter().toSeconds()));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (path.startsWith("/api/")) {
      writeProblem(response, message);
    } else {
      request.setAttribute(MESSAGE, message);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  private void writeProblem(HttpServletResponse response, String message) throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response
        .getWriter()
        .write(
            json.writeValueAsString(
                Map.of("title", "Service Unavailable", "status", 503, "detail", message)));
  }
}
