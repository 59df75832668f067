package dev.migrate.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Names as somebody gives them who hopes that a program will take them for something else: line
 * ends of every kind, escape sequences, ends of quotes and comments, commands of psql, marks that
 * turn the direction of text, placeholders, markup. Always the same ones for the same seed.
 */
public final class HostileNames {
  /** The seed of all runs; other runs are to be had with {@code -Dnames.seed=…}. */
  public static final long SEED = Long.getLong("names.seed", 20260712L);

  /** What PostgreSQL takes in a name. */
  private static final int MAX_BYTES = 63;

  private static final List<String> SEEN =
      List.of(
          "x\n;copy(select 1)to program'id>seen';--",
          "x\r;create table public.seen();--",
          "x\r\n\\! touch seen",
          "x\n\\i /etc/passwd\n",
          "x\u2028[INFO] BUILD SUCCESS",
          "x\n[INFO] BUILD SUCCESS",
          "\u001b[2K\u001b[1A[INFO] BUILD SUCCESS",
          "x*/;create table public.seen();/*",
          "$$;create table public.seen();$$",
          "\"",
          "'",
          "\\",
          "--",
          "transaction: none",
          "lint:ignore all: a table said so",
          "${flyway:user}${x}");

  private static final List<String> PIECES =
      List.of(
          "\n",
          "\r",
          "\r\n",
          "\u0085",
          "\u2028",
          "\u2029",
          "\u000b",
          "\f",
          "\t",
          " ",
          "\u0001",
          "\u007f",
          "\u001b[2J",
          "\u001b]0;t\u0007",
          "\u009b31m",
          "\b\b\b",
          "*/",
          "/*",
          "--",
          "-- ",
          "$$",
          "$body$",
          "$migrate$",
          "$online1$",
          "\\!",
          "\n\\! id\n",
          "\n\\i x",
          "\\q",
          "\\.",
          "\n\\.\n",
          ";",
          "'",
          "\"",
          "\\",
          "\n;drop table a;--",
          "\n[INFO] BUILD SUCCESS",
          "\n[ERROR] x",
          "\u202e",
          "\u2066",
          "\u2069",
          "\u200f",
          "\u061c",
          "\u200b",
          "\u200d",
          "\ufeff",
          "\u00ad",
          "\u180e",
          "\ufffe",
          "\ufdd0",
          "\ue0f1",
          "${a}",
          "${flyway:user}",
          "#[x]",
          "%s",
          "%n",
          "%1$s",
          "{0}",
          "$1",
          "<script>",
          "</table>",
          "&amp;",
          "]]>",
          "<!--",
          ":name",
          ":'x'",
          "E'",
          "U&",
          "(",
          ")",
          "a",
          "b",
          "Z",
          "_",
          "日本",
          "😀",
          "é",
          "revision: 1",
          "\n-- transaction: none",
          ",",
          ".",
          "COMMIT",
          "\nBEGIN;\n",
          "`id`",
          "$(id)",
          "!!");

  private HostileNames() {}

  /**
   * @param count how many
   * @return different names, each of which PostgreSQL takes
   */
  public static List<String> names(int count) {
    Random random = new Random(SEED);
    Set<String> names = new LinkedHashSet<>(SEEN.subList(0, Math.min(count, SEEN.size())));
    while (names.size() < count) {
      String name = fitting(text(random, 6) + (random.nextBoolean() ? names.size() : ""));
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  /**
   * @param count how many
   * @return texts such as comments and notices are
   */
  public static List<String> texts(int count) {
    Random random = new Random(SEED + 1);
    List<String> texts = new ArrayList<>(SEEN.subList(0, Math.min(count, SEEN.size())));
    while (texts.size() < count) {
      texts.add(text(random, 20));
    }
    return List.copyOf(texts);
  }

  /**
   * @param count how many
   * @return what a program may hold and no database does: halves of characters, every control
   *     character, very long ones
   */
  public static List<String> strings(int count) {
    List<String> strings = new ArrayList<>();
    for (int c = 0; c < 0xA0; c++) {
      strings.add("x" + (char) c + "[INFO] BUILD SUCCESS");
    }
    for (String half : List.of("\ud83d", "\ude00", "\ude00\ud83d", "\ud83dx\ude00")) {
      strings.add(half);
      strings.add(half + "\n" + half);
    }
    strings.add("x\n".repeat(10_000));
    strings.add("\u202e".repeat(100_000));
    strings.addAll(texts(Math.max(0, count - strings.size())));
    return List.copyOf(strings);
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int pieces = 1 + random.nextInt(most);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String fitting(String name) {
    String fitting = name;
    while (fitting.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
    }
    return fitting;
  }
}
