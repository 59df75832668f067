package ${package}.config;

import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Failures of the API as problem documents (RFC 9457), with the field where there is one. */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiProblems extends ResponseEntityExceptionHandler {
  @ExceptionHandler
  ProblemDetail notFound(NotFoundException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }

  /** The request is well-formed; what it asks for is against a rule. */
  @ExceptionHandler
  ProblemDetail againstARule(RuleException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            e.field() == null ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT,
            e.getMessage());
    if (e.field() != null) {
      problem.setProperty("errors", List.of(error(e.field(), e.getMessage())));
    }
    return problem;
  }

  /** What no rule above speaks of, such as a null character, which PostgreSQL cannot store. */
  @ExceptionHandler
  ProblemDetail impossible(DataIntegrityViolationException e) {
    logger.warn("The database has refused a request: " + e.getMostSpecificCause().getMessage());
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.UNPROCESSABLE_CONTENT, "The database cannot store these values.");
  }

  /** Two wait for each other, and the database has sent one away. */
  @ExceptionHandler
  ProblemDetail atOnce(ConcurrencyFailureException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT, "Somebody else changes the same at this moment. Try again.");
  }

  @ExceptionHandler
  ProblemDetail stale(StaleVersionException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, e.getMessage());
    problem.setProperty("version", e.current());
    return problem;
  }

  @ExceptionHandler
  ProblemDetail withoutVersion(MissingVersionException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_REQUIRED, e.getMessage());
  }

  /** Also what is too large, which is noticed only while it is read. */
  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyLimitFilter.TooLargeException) {
        ProblemDetail problem =
            ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, cause.getMessage());
        return handleExceptionInternal(
            e, problem, headers, HttpStatus.CONTENT_TOO_LARGE, request);
      }
    }
    return super.handleHttpMessageNotReadable(e, headers, status, request);
  }

  /** All that is wrong, at once. */
  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Map<String, String>> errors = new ArrayList<>();
    e.getBindingResult()
        .getFieldErrors()
        .forEach(
            error -> errors.add(error(plain(error.getField()), error.getDefaultMessage())));
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_CONTENT, "Some values are not as they have to be.");
    problem.setProperty("errors", errors);
    return handleExceptionInternal(
        e, problem, headers, HttpStatus.UNPROCESSABLE_CONTENT, request);
  }

  /** A rule that is about two fields is told at the one that it names. */
  private static String plain(String field) {
    return field.endsWith("Plausible") ? field.substring(0, field.length() - 9) : field;
  }

  private static Map<String, String> error(String field, String message) {
    return Map.of("field", field, "message", message);
  }
}
