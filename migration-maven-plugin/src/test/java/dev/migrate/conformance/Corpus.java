package dev.migrate.conformance;

import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pairs of schemas that belong to the project, in {@code src/test/resources/corpus}: one file a
 * subject. A pair begins with {@code -- pair: name}; behind that stand, where needed, {@code --
 * since: 15}, {@code -- rename: TABLE public.a -> public.b} (of routines with their arguments in
 * parentheses, and {@code VALUE} for those of enums) and {@code -- refused: words of the message},
 * and then its parts: {@code -- both} (for both schemas), {@code -- from}, {@code -- to} and {@code
 * -- rows} (for the first schema, before the plan runs).
 */
public final class Corpus {
  public static final Path FOLDER = Path.of("src", "test", "resources", "corpus");

  /** What PostgreSQL 15 shows of each pair. */
  static final KeptFacts FACTS = new KeptFacts(FOLDER.resolve("facts"));

  /** What PostgreSQL 15's pg_dump says of each schema. */
  static final KeptDumps DUMPS = new KeptDumps(FOLDER.resolve("dumps.txt"));

  /** The roles that pairs can name. */
  public static final List<String> ROLES = List.of("clerk", "boss", "guest", "\"team lead\"");

  private Corpus() {}

  /**
   * A pair of the corpus.
   *
   * @param subject the name of its file
   * @param pair the pair; its id is the subject and the name
   * @param since the oldest major version that loads it
   * @param refused words of the message when PostgreSQL cannot do it; empty when it can
   */
  public record Entry(String subject, Pair pair, int since, String refused) {
    /** The subject and the name. */
    public String id() {
      return pair.id();
    }
  }

  private enum Part {
    BOTH,
    FROM,
    TO,
    ROWS
  }

  /** All pairs, in the order of files and lines. */
  public static List<Entry> entries() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Entry> entries = new ArrayList<>();
      for (Path file : files.filter(one -> one.toString().endsWith(".sql")).sorted().toList()) {
        entries.addAll(read(file));
      }
      Set<String> ids = new HashSet<>();
      for (Entry entry : entries) {
        if (!ids.add(entry.id())) {
          throw new IllegalStateException("Two pairs are called " + entry.id());
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Entry> read(Path file) throws IOException {
    String subject = file.getFileName().toString().replace(".sql", "");
    List<Entry> entries = new ArrayList<>();
    Draft draft = null;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("-- pair: ")) {
        if (draft != null) {
          entries.add(draft.entry());
        }
        draft = new Draft(subject, line.substring("-- pair: ".length()));
      } else if (draft != null) {
        draft.add(line);
      }
    }
    if (draft != null) {
      entries.add(draft.entry());
    }
    return entries;
  }

  /** A pair while its lines are read. */
  private static final class Draft {
    private final String subject;
    private final String name;
    private final Map<Part, StringBuilder> parts = new EnumMap<>(Part.class);
    private final List<Rename> renames = new ArrayList<>();
    private int since;
    private String refused = "";
    private Part part;

    Draft(String subject, String name) {
      this.subject = subject;
      this.name = name;
      for (Part one : Part.values()) {
        parts.put(one, new StringBuilder());
      }
    }

    void add(String line) {
      switch (line) {
        case "-- both" -> part = Part.BOTH;
        case "-- from" -> part = Part.FROM;
        case "-- to" -> part = Part.TO;
        case "-- rows" -> part = Part.ROWS;
        default -> {
          if (line.startsWith("-- since: ")) {
            since = Integer.parseInt(line.substring("-- since: ".length()));
          } else if (line.startsWith("-- refused: ")) {
            refused = line.substring("-- refused: ".length());
          } else if (line.startsWith("-- rename: ")) {
            renames.add(rename(line.substring("-- rename: ".length())));
          } else if (part != null) {
            parts.get(part).append(line).append('\n');
          } else if (!line.isBlank()) {
            throw new IllegalStateException("In " + subject + "/" + name + ": " + line);
          }
        }
      }
    }

    /** {@code KIND names -> names}; the kind VALUE has the type of an enum and its label. */
    private static Rename rename(String text) {
      String[] sides = text.substring(text.indexOf(' ') + 1).split(" -> ");
      String word = text.substring(0, text.indexOf(' '));
      if (word.equals("VALUE")) {
        List<String> before = names(sides[0]);
        return new Rename.OfEnumValue(
            new FactId(Kind.ENUM, before.subList(0, 2)), before.get(2), names(sides[1]).get(2));
      }
      Kind kind = Kind.valueOf(word);
      return new Rename.OfFact(
          new FactId(kind, names(sides[0])), new FactId(kind, names(sides[1])));
    }

    /** With dots between; what stands in parentheses are the arguments of a routine. */
    private static List<String> names(String dotted) {
      int arguments = dotted.indexOf('(');
      if (arguments < 0) {
        return Arrays.asList(dotted.split("\\."));
      }
      List<String> names =
          new ArrayList<>(Arrays.asList(dotted.substring(0, arguments).split("\\.")));
      names.add(dotted.substring(arguments + 1, dotted.length() - 1));
      return names;
    }

    Entry entry() {
      String both = parts.get(Part.BOTH).toString();
      return new Entry(
          subject,
          new Pair(
              subject + "/" + name,
              both + parts.get(Part.FROM),
              both + parts.get(Part.TO),
              parts.get(Part.ROWS).toString(),
              renames),
          since,
          refused);
    }
  }
}
