package ${package}.location;

import ${package}.config.EntityVersion;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The places for programs. */
@RestController
@RequestMapping(path = "/api/locations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Places")
class LocationApi {
  private final LocationService locations;

  LocationApi(LocationService locations) {
    this.locations = locations;
  }

  @GetMapping
  @Operation(summary = "All places, each after the one around it")
  List<Location> list() {
    return locations.list();
  }

  @GetMapping("/{id}")
  @Operation(summary = "A place; its ETag is its version")
  ResponseEntity<Location> get(@PathVariable long id) {
    return tagged(ResponseEntity.ok(), locations.get(id));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Enters a place")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Location> create(@Valid @RequestBody LocationDraft draft) {
    Location location = locations.create(draft);
    return tagged(ResponseEntity.created(URI.create("/api/locations/" + location.id())), location);
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Changes a place, if nobody else has since it was read")
  ResponseEntity<Location> update(
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version,
      @Valid @RequestBody LocationDraft draft) {
    return tagged(ResponseEntity.ok(), locations.update(id, EntityVersion.of(version), draft));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Deletes a place where nothing is")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    locations.delete(id);
  }

  private static ResponseEntity<Location> tagged(ResponseEntity.BodyBuilder answer, Location location) {
    return answer.eTag(EntityVersion.tag(location.version())).body(location);
  }
}
