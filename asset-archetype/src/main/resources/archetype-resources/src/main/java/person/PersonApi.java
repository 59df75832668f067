package ${package}.person;

import ${package}.assignment.Assignment;
import ${package}.assignment.AssignmentService;
import ${package}.config.EntityVersion;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people for programs. */
@RestController
@RequestMapping(path = "/api/people", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "People")
class PersonApi {
  private final PersonService people;
  private final AssignmentService assignments;

  PersonApi(PersonService people, AssignmentService assignments) {
    this.people = people;
    this.assignments = assignments;
  }

  @GetMapping
  @Operation(summary = "Finds people, page by page")
  Page<Person> list(
      @RequestParam(required = false) String text,
      @RequestParam(defaultValue = "false") boolean alsoLeft,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "50") int size) {
    return people.list(text, alsoLeft, new Paging(page, size));
  }

  @GetMapping("/{id}")
  @Operation(summary = "A person; its ETag is its version")
  ResponseEntity<Person> get(@PathVariable long id) {
    return tagged(ResponseEntity.ok(), people.get(id));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Enters a person")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Person> create(@Valid @RequestBody PersonDraft draft) {
    Person person = people.create(draft);
    return tagged(ResponseEntity.created(URI.create("/api/people/" + person.id())), person);
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Changes a person, if nobody else has since it was read")
  ResponseEntity<Person> update(
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version,
      @Valid @RequestBody PersonDraft draft) {
    return tagged(ResponseEntity.ok(), people.update(id, EntityVersion.of(version), draft));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Deletes a person who never had an asset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    people.delete(id);
  }

  @GetMapping("/{id}/assignments")
  @Operation(summary = "What somebody has, and had")
  List<Assignment> assignments(@PathVariable long id) {
    return assignments.ofPerson(people.get(id).id());
  }

  private static ResponseEntity<Person> tagged(ResponseEntity.BodyBuilder answer, Person person) {
    return answer.eTag(EntityVersion.tag(person.version())).body(person);
  }
}
