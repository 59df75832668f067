package ${package}.page;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import ${package}.failure.NotFoundException;
import ${package}.failure.StaleVersionException;

/** Failures of pages as pages. What is not expected is left to the page of the server's errors. */
@ControllerAdvice(annotations = PageController.class)
class PageFailures {
  private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);

  /** Also an address with letters where a number belongs: nothing can be there. */
  @ExceptionHandler({NotFoundException.class, MethodArgumentTypeMismatchException.class})
  ModelAndView notFound(Exception failure) {
    LOG.debug("Not found", failure);
    return page("error/404", HttpStatus.NOT_FOUND);
  }

  @ExceptionHandler(StaleVersionException.class)
  ModelAndView conflict(StaleVersionException failure) {
    LOG.debug("Conflict", failure);
    return page("error/409", HttpStatus.CONFLICT);
  }

  private static ModelAndView page(String view, HttpStatus status) {
    ModelAndView page = new ModelAndView(view);
    page.setStatus(status);
    return page.addObject("status", status.value());
  }
}
