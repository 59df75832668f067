package dev.migrate.adopt;

import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/**
 * Editor of a {@code pom.xml}: writes parameters of this plugin where they belong; every other
 * character stays as it is.
 */
public final class PomFile {
  private static final String GROUP = "dev.migrate";
  private static final String ARTIFACT = "migration-maven-plugin";

  private final Path file;
  private final String name;

  /**
   * @param file where it lies
   * @param name how messages name it
   */
  public PomFile(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * A parameter of this plugin.
   *
   * @param name its name
   * @param value its value; for a map the text is empty
   * @param entries the entries of a map, by name; none for a plain value
   */
  public record Element(String name, String value, Map<String, String> entries) {
    /** Copies what it is given. */
    public Element {
      entries = new TreeMap<>(entries);
    }

    /**
     * @return a plain one
     */
    public static Element of(String name, String value) {
      return new Element(name, value, Map.of());
    }

    List<String> lines(String indent) {
      List<String> lines = new ArrayList<>();
      if (entries.isEmpty()) {
        lines.add(element(name, value));
      } else {
        lines.add("<" + name + ">");
        entries.forEach((entry, text) -> lines.add(indent + element(entry, text)));
        lines.add("</" + name + ">");
      }
      return lines;
    }

    private static String element(String name, String value) {
      return value.isEmpty()
          ? "<%s/>".formatted(name)
          : "<%1$s>%2$s</%1$s>"
              .formatted(
                  name, value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
  }

  /**
   * Writes parameters that are not there yet.
   *
   * @param parameters what to write
   * @param version the plugin's, for a POM that does not have the plugin and inherits none; null
   *     for one that inherits it
   * @return the lines that were added; empty when the POM cannot be changed safely, and whoever
   *     reads {@link #lines} does it
   * @throws MigrateException {@code FILE_ACCESS} when it cannot be read or written
   */
  public Optional<List<String>> add(List<Element> parameters, String version) {
    try {
      String text = Files.readString(file);
      Places places = Places.of(text);
      String changed = places.with(text, parameters, version);
      Places after = Places.of(changed);
      boolean complete =
          parameters.stream().allMatch(parameter -> after.configured.contains(parameter.name()));
      if (!complete) {
        return Optional.empty();
      }
      List<Element> missing =
          parameters.stream()
              .filter(parameter -> !places.configured.contains(parameter.name()))
              .toList();
      if (!missing.isEmpty()) {
        Disk.replace(file, changed.getBytes(StandardCharsets.UTF_8));
      }
      return Optional.of(missing.stream().flatMap(one -> one.lines("  ").stream()).toList());
    } catch (CharacterCodingException | XMLStreamException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.cannotWrite(name, e);
    }
  }

  /**
   * @param parameters what a POM is to say
   * @return the lines of it
   */
  public static List<String> lines(List<Element> parameters) {
    return parameters.stream().flatMap(one -> one.lines("  ").stream()).toList();
  }

  /** Where in the text of a POM something can be added. */
  private static final class Places {
    private static final List<String> PLUGINS = List.of("project", "build", "plugins");
    private static final List<String> PLUGIN = List.of("project", "build", "plugins", "plugin");

    private final Set<String> configured = new HashSet<>();
    private final Map<List<String>, Inside> outer = new HashMap<>();
    private Inside configuration;
    private Inside plugin;
    private String unit = "  ";

    /**
     * The inside of an element, where it ends.
     *
     * @param at where its end tag begins, or its only tag
     * @param only what follows its only tag; -1 when it has an end tag
     * @param name the element's
     */
    private record Inside(int at, int only, String name) {
      static Inside of(XmlTagScanner.Tag last) {
        return new Inside(
            last.start(), last.kind() == XmlTagScanner.Kind.EMPTY ? last.end() : -1, last.name());
      }
    }

    static Places of(String text) throws XMLStreamException {
      Places places = new Places();
      places.read(text);
      return places;
    }

    private void read(String text) throws XMLStreamException {
      String declaration = text.substring(0, Math.max(0, text.indexOf("?>")));
      boolean utf8 =
          !declaration.contains("encoding")
              || declaration.toUpperCase(Locale.ROOT).contains("UTF-8");
      if (!utf8) {
        throw new XMLStreamException("not UTF-8");
      }
      Deque<String> path = new ArrayDeque<>();
      Map<String, String> ofPlugin = new TreeMap<>();
      Set<String> children = new HashSet<>();
      Inside ofConfiguration = null;
      boolean unitKnown = false;
      int begun = 0;
      for (XmlTagScanner.Tag tag : XmlTagScanner.of(text)) {
        if (tag.kind() != XmlTagScanner.Kind.END) {
          path.addLast(tag.name());
          begun = tag.end();
          if (path.size() == 2 && !unitKnown) {
            unitKnown = true;
            unit = indent(text, tag.start()).isEmpty() ? unit : indent(text, tag.start());
          }
          if (List.copyOf(path).equals(PLUGIN)) {
            ofPlugin.clear();
            children.clear();
            ofConfiguration = null;
          } else if (isIn(path, 2) && "configuration".equals(parent(path))) {
            children.add(tag.name());
          }
        }
        if (tag.kind() != XmlTagScanner.Kind.START) {
          boolean empty = tag.kind() == XmlTagScanner.Kind.EMPTY;
          List<String> here = List.copyOf(path);
          String element = path.removeLast();
          if (here.size() == 5 && here.subList(0, 4).equals(PLUGIN)) {
            ofPlugin.put(element, empty ? "" : text.substring(begun, tag.start()).strip());
            if (element.equals("configuration")) {
              ofConfiguration = Inside.of(tag);
            }
          } else if (here.equals(PLUGIN) && isOurs(ofPlugin)) {
            configured.addAll(children);
            configuration = ofConfiguration;
            plugin = Inside.of(tag);
          } else if (here.size() <= PLUGINS.size()
              && here.equals(PLUGINS.subList(0, here.size()))) {
            outer.put(here, Inside.of(tag));
          }
        }
      }
    }

    private static boolean isIn(Deque<String> path, int below) {
      return path.size() == PLUGIN.size() + below
          && List.copyOf(path).subList(0, PLUGIN.size()).equals(PLUGIN);
    }

    private static String parent(Deque<String> path) {
      List<String> all = List.copyOf(path);
      return all.get(all.size() - 2);
    }

    private static boolean isOurs(Map<String, String> plugin) {
      return GROUP.equals(plugin.get("groupId")) && ARTIFACT.equals(plugin.get("artifactId"));
    }

    String with(String text, List<Element> parameters, String version) throws XMLStreamException {
      List<Element> missing =
          parameters.stream().filter(one -> !configured.contains(one.name())).toList();
      if (missing.isEmpty()) {
        return text;
      }
      List<String> lines = missing.stream().flatMap(one -> one.lines(unit).stream()).toList();
      if (configuration != null) {
        return inserted(text, configuration, lines);
      }
      if (plugin != null) {
        return inserted(text, plugin, wrapped("configuration", lines, unit));
      }
      List<String> inside = plugin(lines, version, unit);
      for (int depth = PLUGINS.size(); depth > 0; depth--) {
        Inside place = outer.get(PLUGINS.subList(0, depth));
        if (place != null) {
          return inserted(text, place, inside);
        }
        inside = wrapped(PLUGINS.get(depth - 1), inside, unit);
      }
      throw new XMLStreamException("no project");
    }

    private static List<String> plugin(List<String> configuration, String version, String unit) {
      List<String> lines = new ArrayList<>();
      lines.add("<groupId>%s</groupId>".formatted(GROUP));
      lines.add("<artifactId>%s</artifactId>".formatted(ARTIFACT));
      if (version != null) {
        lines.add("<version>%s</version>".formatted(version));
      }
      lines.addAll(wrapped("configuration", configuration, unit));
      return wrapped("plugin", lines, unit);
    }

    private static List<String> wrapped(String element, List<String> lines, String unit) {
      List<String> wrapped = new ArrayList<>();
      wrapped.add("<" + element + ">");
      lines.forEach(line -> wrapped.add(unit + line));
      wrapped.add("</" + element + ">");
      return wrapped;
    }

    /** Before an end tag, one step further in than that; an element without one gets one. */
    private String inserted(String text, Inside place, List<String> lines) {
      int at = place.at();
      String indent = indent(text, at);
      String inside = joined(text, lines, indent + unit) + lineEnd(text) + indent;
      if (place.only() >= 0) {
        String tag = text.substring(at, place.only());
        String opened = tag.substring(0, tag.length() - 2).stripTrailing() + ">";
        return text.substring(0, at)
            + opened
            + lineEnd(text)
            + inside
            + "</%s>".formatted(place.name())
            + text.substring(place.only());
      }
      boolean alone =
          text.substring(0, at).endsWith(indent) && startsLine(text, at - indent.length());
      String head = text.substring(0, alone ? at - indent.length() : at);
      return head + (alone ? "" : lineEnd(text)) + inside + text.substring(at);
    }

    private static boolean startsLine(String text, int at) {
      return at == 0 || text.charAt(at - 1) == '\n';
    }

    private static String joined(String text, List<String> lines, String indent) {
      return indent + String.join(lineEnd(text) + indent, lines);
    }

    /** Of the line in which the place lies. */
    private static String indent(String text, int at) {
      int line = text.lastIndexOf('\n', at - 1) + 1;
      int end = line;
      while (end < at && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
      return text.substring(line, end);
    }

    private static String lineEnd(String text) {
      return text.contains("\r\n") ? "\r\n" : "\n";
    }
  }
}
