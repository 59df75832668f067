package ${package}.asset;

import ${package}.assignment.AssignmentService;
import ${package}.maintenance.MaintenanceService;
import ${package}.page.Deletable;
import ${package}.page.Texts;
import java.util.List;
import org.springframework.stereotype.Component;

/** An asset that was entered by mistake goes; one that somebody has had can only be retired. */
@Component
class AssetDeletion implements Deletable {
  private final AssetService assets;
  private final AssignmentService assignments;
  private final MaintenanceService maintenance;
  private final Texts texts;

  AssetDeletion(
      AssetService assets,
      AssignmentService assignments,
      MaintenanceService maintenance,
      Texts texts) {
    this.assets = assets;
    this.assignments = assignments;
    this.maintenance = maintenance;
    this.texts = texts;
  }

  @Override
  public String path() {
    return "/assets";
  }

  @Override
  public Deletion look(long id) {
    Asset asset = assets.get(id);
    int had = assignments.ofAsset(id).size();
    int work = maintenance.ofAsset(id).size();
    return new Deletion(
        "asset",
        asset.name(),
        asset.version(),
        had == 0
            ? List.of()
            : List.of(
                new Hanging(texts.count(had, "check-out") + ", now or before", "/assets/" + id)),
        "Retire it instead, so that its history stays.",
        work == 0 ? null : texts.count(work, "maintenance job") + " would be deleted along with it.");
  }

  @Override
  public void delete(long id, int version) {
    assets.delete(id, version);
  }
}
