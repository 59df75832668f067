package ${package}.page;

import ${package}.failure.NotFoundException;
import ${package}.failure.StaleVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Failures of pages as pages. What is not expected is left to the server, which logs it and shows
 * the page of its status.
 */
@ControllerAdvice(annotations = PageController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageFailures {
  private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);

  /** Also an address with letters where a number belongs: nothing can be there. */
  @ExceptionHandler({NotFoundException.class, MethodArgumentTypeMismatchException.class})
  ModelAndView notFound(Exception failure) {
    return page(HttpStatus.NOT_FOUND, failure);
  }

  @ExceptionHandler
  ModelAndView conflict(StaleVersionException failure) {
    return page(HttpStatus.CONFLICT, failure);
  }

  /** What the framework refuses, and says with which status. */
  @ExceptionHandler({
    HttpRequestMethodNotSupportedException.class,
    MissingServletRequestParameterException.class,
    MissingServletRequestPartException.class,
    MaxUploadSizeExceededException.class
  })
  ModelAndView refused(Exception failure) {
    return page(((ErrorResponse) failure).getStatusCode(), failure);
  }

  static ModelAndView page(HttpStatusCode status, Exception failure) {
    LOG.debug("Answered with {}", status, failure);
    boolean own = status.value() == 404 || status.value() == 409;
    ModelAndView page = new ModelAndView("error/" + (own ? status.value() : "4xx"));
    page.setStatus(status);
    return page.addObject("status", status.value());
  }
}
