package ${package}.page;

import ${package}.category.Category;
import ${package}.location.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The lines of select boxes. */
@Component
public class Choices {
  private final MessageSource messages;

  Choices(MessageSource messages) {
    this.messages = messages;
  }

  /**
   * @param key what the messages of these constants begin with
   */
  public List<Choice> of(String key, Enum<?>... constants) {
    return Arrays.stream(constants)
        .map(constant -> new Choice(constant.name(), label(key, constant.name())))
        .toList();
  }

  public List<Choice> of(List<Category> categories) {
    return categories.stream()
        .map(category -> new Choice(String.valueOf(category.id()), category.name()))
        .toList();
  }

  public List<Choice> ofPlaces(List<Location> places) {
    return places.stream()
        .map(place -> new Choice(String.valueOf(place.id()), place.path()))
        .toList();
  }

  /** The words for a constant; itself where there are none. */
  public String label(String key, String constant) {
    return messages.getMessage(key + "." + constant, null, constant, Locale.ENGLISH);
  }
}
