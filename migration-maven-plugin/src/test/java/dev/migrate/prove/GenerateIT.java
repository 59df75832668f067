package dev.migrate.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.script.RevisionFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Generate")
class GenerateIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("says that there is no difference in the project that the archetype makes")
  void nothingToDo() {
    ModelProject project = ModelProject.assetTracker(folder);
    assertThat(project.generate("Nothing"))
        .isInstanceOfSatisfying(
            Generated.NoDifference.class, same -> assertThat(same.columnOrder()).isEmpty());
    assertThat(project.replayed()).hasSize(4);
    assertThat(project.generate("Nothing")).isInstanceOf(Generated.NoDifference.class);
    assertThat(project.replayed()).isEmpty();
  }

  @Test
  @DisplayName("writes a careful pair of scripts for a column, a check, an index, a value, a view")
  void assetTracker() {
    ModelProject project =
        ModelProject.assetTracker(folder)
            .edit("  warranty_until date,\n", "  warranty_until date,\n  condition smallint not null,\n")
            .edit(
                "  constraint assets_tag_key unique (tag),\n",
                "  constraint assets_tag_key unique (tag),\n  constraint assets_condition_check check (condition between 1 and 5),\n")
            .edit("'lost', 'retired')", "'lost', 'sold', 'retired')")
            .edit(
                "create index assets_location_id_idx",
                "create index assets_sold_idx on assets (retired_on) where status = 'sold';\ncreate index assets_location_id_idx")
            .edit("  a.warranty_until\nfrom", "  a.warranty_until,\n  a.condition\nfrom");
    Generated generated = project.generate("Grade assets, and sell them");
    List<RevisionFile> files = ((Generated.Written) generated).files();
    for (RevisionFile file : files) {
      System.out.println("=== " + file.upgrade().name());
      System.out.println(file.upgrade().text());
      System.out.println("=== " + file.downgradeScript().name());
      System.out.println(file.downgradeScript().text());
    }
    assertThat(project.generate("Nothing")).isInstanceOf(Generated.NoDifference.class);
    assertThat(project.replayed()).hasSize(4 + files.size());
  }
}
