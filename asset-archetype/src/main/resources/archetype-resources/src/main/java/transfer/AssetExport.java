package ${package}.transfer;

import ${package}.asset.Asset;
import ${package}.asset.AssetFilter;
import ${package}.asset.AssetForm;
import ${package}.asset.AssetService;
import ${package}.asset.AssetSort;
import ${package}.location.LocationService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes assets as a file that {@link AssetImport} can read again. */
@Service
public class AssetExport {
  private final AssetService assets;
  private final LocationService locations;

  AssetExport(AssetService assets, LocationService locations) {
    this.assets = assets;
    this.locations = locations;
  }

  /** Asset by asset, so that a large file needs no large memory. */
  @Transactional(readOnly = true)
  public void write(AssetFilter filter, AssetSort sort, boolean descending, Appendable out)
      throws IOException {
    Map<Long, String> places = locations.paths();
    Csv.begin(out);
    Csv.write(out, AssetColumns.NAMES);
    try {
      assets.forEach(filter, sort, descending, asset -> write(out, asset, places));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(Appendable out, Asset asset, Map<Long, String> places) {
    AssetForm form = AssetForm.of(asset.draft());
    BigDecimal price = asset.purchasePrice();
    try {
      Csv.write(
          out,
          List.of(
              form.tag(),
              form.name(),
              form.serialNumber(),
              form.status(),
              asset.category() == null ? "" : asset.category(),
              asset.locationId() == null ? "" : places.getOrDefault(asset.locationId(), ""),
              form.purchasedOn(),
              price == null ? "" : price.toPlainString(),
              form.warrantyUntil(),
              form.attributes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
