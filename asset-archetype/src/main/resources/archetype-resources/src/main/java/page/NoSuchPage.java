package ${package}.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Requests that no controller takes, or that are refused before one does: a browser gets a page, a
 * program a problem document.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class NoSuchPage {
  @ExceptionHandler({
    NoHandlerFoundException.class,
    NoResourceFoundException.class,
    HttpRequestMethodNotSupportedException.class
  })
  Object refused(Exception failure, HttpServletRequest request) {
    ErrorResponse response = (ErrorResponse) failure;
    if (isForPeople(request)) {
      return PageFailures.page(response.getStatusCode(), failure);
    }
    return ResponseEntity.status(response.getStatusCode())
        .headers(response.getHeaders())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .<ProblemDetail>body(response.getBody());
  }

  /** An upload is read before it is known which controller takes it. */
  @ExceptionHandler
  Object refused(MultipartException failure, HttpServletRequest request) {
    HttpStatusCode status = PageFailures.status(failure);
    return isForPeople(request)
        ? PageFailures.page(status, failure)
        : ResponseEntity.status(status)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .body(ProblemDetail.forStatus(status));
  }

  private static boolean isForPeople(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return !path.startsWith("/api/")
        && accept != null
        && List.of(accept.split("[,;]")).contains(MediaType.TEXT_HTML_VALUE);
  }
}
