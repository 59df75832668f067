package ${package}.page;

import ${package}.failure.NotFoundException;
import ${package}.failure.StaleVersionException;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Failures of pages as pages. What is not expected is left to the server, which logs it and shows
 * the page of its status.
 */
@ControllerAdvice(annotations = PageController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageFailures {
  private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);
  private static final Set<Integer> OWN_PAGES = Set.of(404, 409, 413);

  @ExceptionHandler
  ModelAndView notFound(NotFoundException failure) {
    return page(HttpStatus.NOT_FOUND, failure);
  }

  /** At an address with letters where a number belongs nothing can be; a form must not have them. */
  @ExceptionHandler
  ModelAndView unreadable(MethodArgumentTypeMismatchException failure) {
    boolean address = failure.getParameter().hasParameterAnnotation(PathVariable.class);
    return page(address ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST, failure);
  }

  /** Also of two who wait for each other, and of whom the database has sent one away. */
  @ExceptionHandler({StaleVersionException.class, ConcurrencyFailureException.class})
  ModelAndView conflict(Exception failure) {
    return page(HttpStatus.CONFLICT, failure);
  }

  /** What the framework refuses, and says with which status. */
  @ExceptionHandler
  ModelAndView refused(ServletException failure) throws ServletException {
    if (failure instanceof ErrorResponse known) {
      return page(known.getStatusCode(), failure);
    }
    throw failure;
  }

  /** No upload where one has to be, or one that is broken or too large. */
  @ExceptionHandler
  ModelAndView refused(MultipartException failure) {
    return page(status(failure), failure);
  }

  static HttpStatusCode status(MultipartException failure) {
    return failure instanceof ErrorResponse known ? known.getStatusCode() : HttpStatus.BAD_REQUEST;
  }

  static ModelAndView page(HttpStatusCode status, Exception failure) {
    LOG.debug("Answered with {}", status, failure);
    ModelAndView page =
        new ModelAndView(
            "error/" + (OWN_PAGES.contains(status.value()) ? status.value() : "4xx"));
    page.setStatus(status);
    return page.addObject("status", status.value());
  }
}
