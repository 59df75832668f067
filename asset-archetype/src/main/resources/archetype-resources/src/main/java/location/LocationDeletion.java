package ${package}.location;

import ${package}.failure.StaleVersionException;
import ${package}.page.Deletable;
import ${package}.page.Texts;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** A place goes when no asset and no other place is in it. */
@Component
class LocationDeletion implements Deletable {
  private final LocationService locations;
  private final Texts texts;

  LocationDeletion(LocationService locations, Texts texts) {
    this.locations = locations;
    this.texts = texts;
  }

  @Override
  public String path() {
    return "/locations";
  }

  @Override
  public Deletion look(long id) {
    Location location = locations.get(id);
    List<Hanging> holding = new ArrayList<>();
    if (location.assets() > 0) {
      holding.add(
          new Hanging(texts.count(location.assets(), "asset") + " in it", "/assets?location=" + id));
    }
    for (Location inside : locations.list()) {
      if (Long.valueOf(id).equals(inside.parentId())) {
        holding.add(
            new Hanging("The place " + inside.name(), "/locations/" + inside.id() + "/edit"));
      }
    }
    return new Deletion(
        "place",
        location.name(),
        location.version(),
        holding,
        "Move or delete what is in it first.",
        null);
  }

  @Override
  public void delete(long id, int version) {
    StaleVersionException.check("place", version, locations.get(id).version());
    locations.delete(id);
  }
}
