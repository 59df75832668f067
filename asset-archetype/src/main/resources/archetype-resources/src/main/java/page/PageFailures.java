package ${package}.page;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import ${package}.failure.NotFoundException;
import ${package}.failure.StaleVersionException;

/**
 * Failures as pages, for whoever asks for pages; programs get theirs from the REST API. What is not
 * expected is left to the server, which logs it and shows the page of its status.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageFailures {
  private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);

  /** Also an address with letters where a number belongs: nothing can be there. */
  @ExceptionHandler(
      value = {NotFoundException.class, MethodArgumentTypeMismatchException.class},
      produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView notFound(Exception failure) {
    LOG.debug("Not found", failure);
    return page(HttpStatus.NOT_FOUND);
  }

  @ExceptionHandler(value = StaleVersionException.class, produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView conflict(StaleVersionException failure) {
    LOG.debug("Conflict", failure);
    return page(HttpStatus.CONFLICT);
  }

  /** What the framework refuses, and says with which status. */
  @ExceptionHandler(
      value = {
        NoResourceFoundException.class,
        HttpRequestMethodNotSupportedException.class,
        MissingServletRequestParameterException.class,
        MaxUploadSizeExceededException.class,
        ErrorResponseException.class
      },
      produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView refused(Exception failure) {
    LOG.debug("Refused", failure);
    return page(((ErrorResponse) failure).getStatusCode());
  }

  private static ModelAndView page(HttpStatusCode status) {
    boolean own = status.value() == 404 || status.value() == 409;
    ModelAndView page = new ModelAndView("error/" + (own ? status.value() : "4xx"));
    page.setStatus(status);
    return page.addObject("status", status.value());
  }
}
