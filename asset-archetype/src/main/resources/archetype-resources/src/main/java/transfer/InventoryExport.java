package ${package}.transfer;

import ${package}.asset.AssetFilter;
import ${package}.asset.AssetSort;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes files that {@link InventoryImport} can read again, line by line, so that a large one needs
 * no large memory.
 */
@Service
public class InventoryExport {
  /** The same inventory gives the same bytes, whenever it is written. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final List<Sheet<?>> sheets;
  private final AssetSheet assets;

  InventoryExport(List<Sheet<?>> sheets, AssetSheet assets) {
    this.sheets = List.copyOf(sheets);
    this.assets = assets;
  }

  /** The assets that pass a filter, as one file. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public void write(AssetFilter filter, AssetSort sort, boolean descending, OutputStream out)
      throws IOException {
    file(out, assets.columns(), lines -> assets.write(filter, sort, descending, lines));
  }

  /** Everything, as a ZIP of one file for each kind of thing, all of the same moment. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public void writeAll(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Sheet<?> sheet : sheets) {
      ZipEntry entry = new ZipEntry(sheet.name() + ".csv");
      entry.setTimeLocal(NO_TIME);
      zip.putNextEntry(entry);
      file(zip, sheet.columns(), sheet::write);
      zip.closeEntry();
    }
    zip.finish();
  }

  private static void file(
      OutputStream out, List<String> columns, Consumer<Consumer<List<String>>> lines)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    Csv.begin(writer);
    Csv.write(writer, columns);
    try {
      lines.accept(
          line -> {
            try {
              Csv.write(writer, line);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }
}
