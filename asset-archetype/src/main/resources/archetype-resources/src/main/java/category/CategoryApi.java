package ${package}.category;

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

/** The categories for programs. */
@RestController
@RequestMapping(path = "/api/categories", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Categories")
class CategoryApi {
  private final CategoryService categories;

  CategoryApi(CategoryService categories) {
    this.categories = categories;
  }

  @GetMapping
  @Operation(summary = "All categories, by name")
  List<Category> list() {
    return categories.list();
  }

  @GetMapping("/{id}")
  @Operation(summary = "A category; its ETag is its version")
  ResponseEntity<Category> get(@PathVariable long id) {
    return tagged(ResponseEntity.ok(), categories.get(id));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Enters a category")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Category> create(@Valid @RequestBody CategoryDraft draft) {
    Category category = categories.create(draft);
    return tagged(ResponseEntity.created(URI.create("/api/categories/" + category.id())), category);
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Changes a category, if nobody else has since it was read")
  ResponseEntity<Category> update(
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version,
      @Valid @RequestBody CategoryDraft draft) {
    return tagged(ResponseEntity.ok(), categories.update(id, EntityVersion.of(version), draft));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Deletes a category without assets")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    categories.delete(id);
  }

  private static ResponseEntity<Category> tagged(ResponseEntity.BodyBuilder answer, Category category) {
    return answer.eTag(EntityVersion.tag(category.version())).body(category);
  }
}
