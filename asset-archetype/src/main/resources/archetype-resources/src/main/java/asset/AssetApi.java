package ${package}.asset;

import ${package}.assignment.Assignment;
import ${package}.assignment.AssignmentService;
import ${package}.audit.AuditEntry;
import ${package}.audit.AuditService;
import ${package}.config.EntityVersion;
import ${package}.database.enums.AssetStatus;
import ${package}.maintenance.MaintenanceDraft;
import ${package}.maintenance.MaintenanceService;
import ${package}.maintenance.MaintenanceTask;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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

/** The assets for programs. Changes say with If-Match which version they are based on. */
@RestController
@RequestMapping(path = "/api/assets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Assets")
class AssetApi {
  private static final int TRAIL = 200;

  private final AssetService assets;
  private final AssignmentService assignments;
  private final MaintenanceService maintenance;
  private final AuditService audit;

  AssetApi(
      AssetService assets,
      AssignmentService assignments,
      MaintenanceService maintenance,
      AuditService audit) {
    this.assets = assets;
    this.assignments = assignments;
    this.maintenance = maintenance;
    this.audit = audit;
  }

  @GetMapping
  @Operation(summary = "Finds assets, page by page")
  Page<AssetRow> list(
      @RequestParam(required = false) String text,
      @RequestParam(required = false) AssetStatus status,
      @RequestParam(defaultValue = "false") boolean kept,
      @RequestParam(required = false) Long category,
      @RequestParam(required = false) Long location,
      @RequestParam(defaultValue = "false") boolean overdue,
      @RequestParam(defaultValue = "TAG") AssetSort sort,
      @RequestParam(defaultValue = "false") boolean descending,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "50") int size) {
    return assets.list(
        new AssetFilter(text, status, kept, category, location, overdue),
        sort,
        descending,
        new Paging(page, size));
  }

  @GetMapping("/{id}")
  @Operation(summary = "An asset; its ETag is its version")
  ResponseEntity<Asset> get(@PathVariable long id) {
    return tagged(ResponseEntity.ok(), assets.get(id));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Enters an asset")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Asset> create(@Valid @RequestBody AssetDraft draft) {
    Asset asset = assets.create(draft);
    return tagged(ResponseEntity.created(URI.create("/api/assets/" + asset.id())), asset);
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Changes an asset, if nobody else has since it was read")
  ResponseEntity<Asset> update(
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version,
      @Valid @RequestBody AssetDraft draft) {
    return tagged(ResponseEntity.ok(), assets.update(id, EntityVersion.of(version), draft));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Deletes an asset that was entered by mistake")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version) {
    assets.delete(id, EntityVersion.of(version));
  }

  /**
   * @param personId who gets the asset
   */
  record CheckOut(
      @NotNull(message = "Say who gets the asset.") Long personId,
      @Size(max = 500, message = "Use at most 500 characters.") String note) {}

  @PostMapping(path = "/{id}/check-out", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Gives an asset to somebody")
  Assignment checkOut(@PathVariable long id, @Valid @RequestBody CheckOut request) {
    return assignments.checkOut(id, request.personId(), request.note());
  }

  @PostMapping(path = "/{id}/check-in")
  @Operation(summary = "Takes an asset back; from whoever has it, or as the end of one assignment")
  Assignment checkIn(@PathVariable long id, @RequestParam(required = false) Long assignment) {
    return assignments.checkIn(id, assignment);
  }

  @GetMapping("/{id}/assignments")
  @Operation(summary = "Who has, and had, an asset")
  List<Assignment> assignments(@PathVariable long id) {
    return assignments.ofAsset(assets.get(id).id());
  }

  @GetMapping("/{id}/maintenance")
  @Operation(summary = "Work on an asset")
  List<MaintenanceTask> maintenance(@PathVariable long id) {
    return maintenance.ofAsset(assets.get(id).id());
  }

  @PostMapping(path = "/{id}/maintenance", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Plans work on an asset")
  @ResponseStatus(HttpStatus.CREATED)
  MaintenanceTask plan(@PathVariable long id, @Valid @RequestBody MaintenanceDraft draft) {
    return maintenance.plan(id, draft);
  }

  @GetMapping("/{id}/audit")
  @Operation(summary = "Who has changed what of an asset, and when")
  List<AuditEntry> audit(@PathVariable long id) {
    return audit.ofAsset(assets.get(id).id(), TRAIL);
  }

  private static ResponseEntity<Asset> tagged(ResponseEntity.BodyBuilder answer, Asset asset) {
    return answer.eTag(EntityVersion.tag(asset.version())).body(asset);
  }
}
