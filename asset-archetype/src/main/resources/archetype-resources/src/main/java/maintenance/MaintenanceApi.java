package ${package}.maintenance;

import ${package}.paging.Page;
import ${package}.paging.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.LocalDate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Maintenance for programs. */
@RestController
@RequestMapping(path = "/api/maintenance", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Maintenance")
class MaintenanceApi {
  private static final int SOON_DAYS = 30;

  private final MaintenanceService maintenance;

  MaintenanceApi(MaintenanceService maintenance) {
    this.maintenance = maintenance;
  }

  @GetMapping
  @Operation(summary = "Open work that is due by a day; within thirty days, if none is given")
  Page<MaintenanceTask> due(
      @RequestParam(required = false) LocalDate until,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "50") int size) {
    return maintenance.due(
        null, until == null ? LocalDate.now().plusDays(SOON_DAYS) : until, new Paging(page, size));
  }

  @PostMapping(path = "/{id}/completion", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Says that work is done")
  MaintenanceTask complete(@PathVariable long id, @Valid @RequestBody Completion completion) {
    return maintenance.complete(id, completion);
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Takes back what was planned")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancel(@PathVariable long id) {
    maintenance.cancel(id);
  }
}
