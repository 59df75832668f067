package dev.migrate.adopt;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Importer of the migration files of golang-migrate, dbmate and Sqitch, tools that keep an upgrade
 * and a downgrade for each migration. They are read as they are, and become scripts of Flyway's
 * names.
 */
public final class OtherTool {
  private static final Pattern PAIR =
      Pattern.compile("([0-9]+)_(.*)\\.(up|down)\\.(?:sql|pgsql)", Pattern.CASE_INSENSITIVE);
  private static final Pattern SINGLE = Pattern.compile("([0-9]+)_(.*)\\.sql");
  private static final Pattern SECTION =
      Pattern.compile("(?m)^--\\s*migrate:(up|down)\\b([^\\n]*)$");
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?<name>[^\\s@%#\\[][^\\s\\[]*)\\s+(?:\\[[^\\]]*]\\s+)?(?<time>[0-9T:-]+Z)\\s+.*");
  private static final Pattern BEGIN =
      Pattern.compile("(?i)\\s*(?:BEGIN|START)(?:\\s+(?:WORK|TRANSACTION))?\\s*;\\s*");
  private static final Pattern COMMIT =
      Pattern.compile("(?i)\\s*(?:COMMIT|END)(?:\\s+(?:WORK|TRANSACTION))?\\s*;\\s*");
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
  private static final String PLAN = "sqitch.plan";
  private static final String ALONE = "transaction:false";

  private OtherTool() {}

  /**
   * One migration.
   *
   * @param version its version
   * @param words what its name says
   * @param upgrade its SQL
   * @param downgrade the SQL that takes it back; null when there is none
   * @param upgradeAlone whether the upgrade runs outside of a transaction
   * @param downgradeAlone whether the downgrade does
   */
  public record Step(
      String version,
      String words,
      String upgrade,
      String downgrade,
      boolean upgradeAlone,
      boolean downgradeAlone) {}

  /**
   * What a folder holds.
   *
   * @param tool whose it is
   * @param steps in the order in which they run
   * @param notTaken what is left, and why
   */
  public record Found(String tool, List<Step> steps, List<String> notTaken) {
    /** Copies what it is given. */
    public Found {
      steps = List.copyOf(steps);
      notTaken = List.copyOf(notTaken);
    }
  }

  /**
   * @param folder where the migrations are
   * @param name how messages name it
   * @return what it holds
   * @throws MigrateException {@code INVALID_PARAMETER} when it holds none of a tool that is known,
   *     {@code INVALID_REVISION_FILE} when one cannot be understood, {@code FILE_ACCESS}
   */
  public static Found read(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The folder %s does not exist.".formatted(name),
          "Name the folder of the migrations with -Dmigrate.from=….");
    }
    if (Files.isRegularFile(folder.resolve(PLAN))) {
      return sqitch(folder);
    }
    List<Path> files = files(folder);
    if (files.stream().anyMatch(file -> PAIR.matcher(name(file)).matches())) {
      return pairs(files);
    }
    if (files.stream()
        .anyMatch(
            file -> SINGLE.matcher(name(file)).matches() && SECTION.matcher(text(file)).find())) {
      return sections(files);
    }
    throw new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "%s holds no migrations of golang-migrate (1_name.up.sql), dbmate (-- migrate:up) or Sqitch (sqitch.plan). Nothing was written."
            .formatted(name),
        "Name another folder with -Dmigrate.from=…; scripts of Flyway need no conversion, and are named"
            + " with -Dmigrate.directory=….");
  }

  private static Found pairs(List<Path> files) {
    Map<Long, Path> ups = new TreeMap<>();
    Map<Long, Path> downs = new HashMap<>();
    List<String> notTaken = new ArrayList<>();
    for (Path file : files) {
      Matcher pair = PAIR.matcher(name(file));
      if (!pair.matches()) {
        notTaken.add(name(file) + ": no migration by its name");
        continue;
      }
      Map<Long, Path> side = pair.group(3).equalsIgnoreCase("up") ? ups : downs;
      Path before = side.putIfAbsent(Long.valueOf(pair.group(1)), file);
      if (before != null) {
        throw twice(before, file);
      }
    }
    List<Step> steps = new ArrayList<>();
    ups.forEach(
        (version, up) -> {
          Matcher pair = PAIR.matcher(name(up));
          pair.matches();
          Path down = downs.remove(version);
          String back = down == null ? "" : withoutTransaction(text(down));
          steps.add(
              new Step(
                  pair.group(1),
                  pair.group(2),
                  withoutTransaction(text(up)),
                  hasSql(back) ? back : null,
                  isAlone(text(up)),
                  isAlone(back)));
        });
    downs.values().forEach(down -> notTaken.add(name(down) + ": there is no upgrade of it"));
    return new Found("golang-migrate", steps, notTaken);
  }

  /** A server refuses these in a transaction, and golang-migrate makes none. */
  private static boolean isAlone(String sql) {
    return Pattern.compile(
            "(?im)^\\s*(?:(?:CREATE|DROP)\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY|REINDEX\\s.*CONCURRENTLY|VACUUM)\\b")
        .matcher(sql)
        .find();
  }

  private static Found sections(List<Path> files) {
    Map<Long, Step> steps = new TreeMap<>();
    Map<Long, Path> places = new HashMap<>();
    List<String> notTaken = new ArrayList<>();
    for (Path file : files) {
      Matcher single = SINGLE.matcher(name(file));
      if (!single.matches()) {
        notTaken.add(name(file) + ": no migration by its name");
        continue;
      }
      String text = text(file);
      Map<String, String> parts = new HashMap<>();
      Map<String, String> options = new HashMap<>();
      Matcher section = SECTION.matcher(text);
      String open = null;
      int from = 0;
      while (section.find()) {
        if (open != null) {
          parts.put(open, text.substring(from, section.start()));
        }
        open = section.group(1);
        options.put(open, section.group(2));
        from = section.end();
      }
      if (open == null) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            "%s has no line \"-- migrate:up\", as the other migrations of dbmate in its folder have. Nothing was written."
                .formatted(name(file)),
            "Add the line, or move the file elsewhere.");
      }
      parts.put(open, text.substring(from));
      Long version = Long.valueOf(single.group(1));
      Path before = places.putIfAbsent(version, file);
      if (before != null) {
        throw twice(before, file);
      }
      String down = parts.getOrDefault("down", "");
      steps.put(
          version,
          new Step(
              single.group(1),
              single.group(2),
              parts.getOrDefault("up", "").strip() + "\n",
              hasSql(down) ? down.strip() + "\n" : null,
              options.getOrDefault("up", "").contains(ALONE),
              options.getOrDefault("down", "").contains(ALONE)));
    }
    return new Found("dbmate", List.copyOf(steps.values()), notTaken);
  }

  private static Found sqitch(Path folder) {
    List<Step> steps = new ArrayList<>();
    List<String> notTaken = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    List<String> lines = text(folder.resolve(PLAN)).lines().toList();
    List<Matcher> changes = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher change = CHANGE.matcher(lines.get(i).strip());
      if (change.matches()) {
        changes.add(change);
        places.add(i);
      }
    }
    Instant last = Instant.EPOCH;
    for (int i = 0; i < changes.size(); i++) {
      String name = changes.get(i).group("name");
      String file = name + reworked(lines, changes, places, i) + ".sql";
      Path deploy = folder.resolve("deploy").resolve(file);
      Path revert = folder.resolve("revert").resolve(file);
      if (!Files.isRegularFile(deploy)) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            "%s, line %d: the change %s has no script deploy/%s. Nothing was written."
                .formatted(PLAN, places.get(i) + 1, name, file),
            "Bring the script back.");
      }
      Instant time = time(changes.get(i).group("time"), places.get(i) + 1);
      // A plan has an order, which its times need not have.
      last = time.isAfter(last) ? time : last.plusSeconds(1);
      String back = Files.isRegularFile(revert) ? withoutTransaction(text(revert)) : "";
      seen.merge(name, 1, Integer::sum);
      steps.add(
          new Step(
              VERSION.format(last),
              seen.get(name) == 1 ? name : name + "_" + seen.get(name),
              withoutTransaction(text(deploy)),
              hasSql(back) ? back : null,
              isAlone(text(deploy)),
              isAlone(back)));
    }
    if (Files.isDirectory(folder.resolve("verify"))) {
      notTaken.add("verify/: its scripts are not run; mvn migrate:verify compares whole schemas");
    }
    return new Found("Sqitch", steps, notTaken);
  }

  /** An older form of a change that was reworked later is kept under the tag between the two. */
  private static String reworked(
      List<String> lines, List<Matcher> changes, List<Integer> places, int at) {
    String name = changes.get(at).group("name");
    for (int later = at + 1; later < changes.size(); later++) {
      if (changes.get(later).group("name").equals(name)) {
        for (int line = places.get(at) + 1; line < places.get(later); line++) {
          if (lines.get(line).strip().startsWith("@")) {
            return lines.get(line).strip().split("\\s", 2)[0];
          }
        }
      }
    }
    return "";
  }

  private static Instant time(String text, int line) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new MigrateException(
          FailureCode.INVALID_REVISION_FILE,
          "%s, line %d: \"%s\" is no time. Nothing was written.".formatted(PLAN, line, text),
          "Correct the line.",
          e);
    }
  }

  /** Every revision runs in a transaction of its own; the script's would end that one. */
  private static String withoutTransaction(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int first = 0;
    while (first < lines.size() && isComment(lines.get(first))) {
      first++;
    }
    int last = lines.size() - 1;
    while (last >= 0 && isComment(lines.get(last))) {
      last--;
    }
    if (first < last
        && BEGIN.matcher(lines.get(first)).matches()
        && COMMIT.matcher(lines.get(last)).matches()) {
      lines.remove(last);
      lines.remove(first);
    }
    return String.join("\n", lines) + "\n";
  }

  private static boolean isComment(String line) {
    return line.isBlank() || line.strip().startsWith("--");
  }

  private static boolean hasSql(String text) {
    return text.lines().anyMatch(line -> !isComment(line));
  }

  private static MigrateException twice(Path one, Path other) {
    return new MigrateException(
        FailureCode.INVALID_REVISION_FILE,
        "%s and %s have one version. Nothing was written.".formatted(name(one), name(other)),
        "Give one of them another version.");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> name(file).toLowerCase(Locale.ROOT).matches(".*\\.(sql|pgsql)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + folder.getFileName(), e);
    }
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MigrateException(
          FailureCode.INVALID_REVISION_FILE,
          name(file) + " is not UTF-8. Nothing was written.",
          "Save it as UTF-8.",
          e);
    } catch (IOException e) {
      throw FileFailures.cannotRead(name(file), e);
    }
  }
}
