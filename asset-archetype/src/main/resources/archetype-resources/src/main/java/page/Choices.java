package ${package}.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /**
   * @param labels what people read, by the number that the form sends; in this order
   */
  public List<Choice> of(Map<Long, String> labels) {
    return labels.entrySet().stream()
        .map(one -> new Choice(String.valueOf(one.getKey()), one.getValue()))
        .toList();
  }

  /** The words for a constant; itself where there are none. */
  public String label(String key, String constant) {
    return messages.getMessage(key + "." + constant, null, constant, Locale.ENGLISH);
  }
}
