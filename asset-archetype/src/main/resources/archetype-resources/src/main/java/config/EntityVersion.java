package ${package}.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a row, as the ETag of HTTP. */
public final class EntityVersion {
  private static final Pattern TAG = Pattern.compile("\\s*\"([0-9]{1,9})\"\\s*");

  private EntityVersion() {}

  public static String tag(int version) {
    return "\"" + version + "\"";
  }

  /**
   * @param ifMatch the header of that name
   * @throws MissingVersionException if it names no version
   */
  public static int of(String ifMatch) {
    Matcher tag = TAG.matcher(ifMatch == null ? "" : ifMatch);
    if (!tag.matches()) {
      throw new MissingVersionException();
    }
    return Integer.parseInt(tag.group(1));
  }
}
