package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.failure.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Spell checker for parameter names: finds given ones that do not exist and the existing ones that
 * were probably meant. Maven passes over what it does not know, and so {@code
 * -Dmigrate.dryrun=true} would change the database that nobody wanted changed yet.
 */
final class ParameterNames {
  private static final String PREFIX = "migrate.";

  /**
   * The plugin is called migration-maven-plugin: its prefix is guessed, and written, in many ways.
   */
  private static final Pattern GUESSED = Pattern.compile("(?i)(migrat[a-z]*[._:-]).+");

  /** These say what is to be done, or that it is not: without them a goal does something else. */
  private static final Set<String> DECISIVE =
      Set.of(
          "backupName",
          "dryRun",
          "from",
          "onto",
          "parent",
          "range",
          "revision",
          "revisions",
          "sql",
          "to");

  /** Of these, which one a goal has for the revision that is meant. */
  private static final List<String> REVISIONS =
      List.of("range", "to", "revision", "revisions", "parent");

  private final Map<String, Set<String>> byGoal;
  private final Set<String> all;

  /**
   * @param byGoal the parameters of each goal, without prefix
   */
  ParameterNames(Map<String, Set<String>> byGoal) {
    this.byGoal = new TreeMap<>(byGoal);
    this.all = new TreeSet<>();
    for (Set<String> ofGoal : byGoal.values()) {
      all.addAll(ofGoal);
    }
  }

  /**
   * Looks at a command line.
   *
   * @param given the names of its properties
   * @param own the names of the POM's own properties, which are not our business
   * @param asked the goals that it asks for; empty when it also asks for something that is not
   *     ours, which may have use for any name
   * @return what is odd and may be right
   * @throws MigrateException {@code INVALID_PARAMETER} when a name cannot be right, or must not be
   *     passed over
   */
  List<String> warnings(Collection<String> given, Collection<String> own, List<String> asked) {
    Set<String> taken = new TreeSet<>();
    for (String goal : asked) {
      taken.addAll(byGoal.getOrDefault(goal, Set.of()));
    }
    List<String> warnings = new ArrayList<>();
    for (String name : new TreeSet<>(given)) {
      if (own.contains(name)) {
        continue;
      }
      if (!name.startsWith(PREFIX)) {
        Matcher guessed = GUESSED.matcher(name);
        if (taken.contains(name)) {
          warnings.add(withoutPrefix(name));
        } else if (guessed.matches()) {
          refuseGuessed(name, name.substring(guessed.end(1)), taken);
        }
      } else if (!all.contains(name.substring(PREFIX.length()))) {
        warnings.add(unknown(name.substring(PREFIX.length())));
      } else if (!asked.isEmpty() && !taken.contains(name.substring(PREFIX.length()))) {
        refuseElsewhere(name.substring(PREFIX.length()), asked, taken);
      }
    }
    return warnings;
  }

  /**
   * Looks at the plugin's configuration in a POM.
   *
   * @param elements the names of its elements
   * @param known the names that they can have
   * @return what no goal knows
   */
  static List<String> unknownElements(Collection<String> elements, Set<String> known) {
    List<String> unknown = new ArrayList<>();
    for (String name : new TreeSet<>(elements)) {
      if (!known.contains(name)) {
        unknown.add(
            "<%s> in the plugin's configuration is no parameter of this plugin%s"
                .formatted(
                    name,
                    NearestName.meant(name, known)
                        .map("; perhaps <%s> was meant."::formatted)
                        .orElse(".")));
      }
    }
    return unknown;
  }

  private String unknown(String name) {
    Optional<String> meant = NearestName.meant(name, all);
    if (meant.isPresent()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "There is no parameter -D%s%s.".formatted(PREFIX, name),
          "Perhaps -D%s%s was meant; mvn migrate:help -Ddetail=true lists all."
              .formatted(PREFIX, meant.get()));
    }
    return "-D%s%s is no parameter of this plugin and changes nothing; mvn migrate:help -Ddetail=true lists all."
        .formatted(PREFIX, name);
  }

  private static String withoutPrefix(String name) {
    if (DECISIVE.contains(name) || name.equals("url")) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-D%s lacks its prefix, so it would not be heard.".formatted(name),
          "Write -D%s%s.".formatted(PREFIX, name));
    }
    return "-D%s changes nothing here; perhaps -D%s%s was meant.".formatted(name, PREFIX, name);
  }

  private static void refuseGuessed(String name, String rest, Set<String> taken) {
    Optional<String> meant =
        taken.contains(rest) ? Optional.of(rest) : NearestName.meant(rest, taken);
    if (meant.isPresent()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-D%s has not the prefix of this plugin, so it would not be heard.".formatted(name),
          "Write -D%s%s.".formatted(PREFIX, meant.get()));
    }
  }

  private void refuseElsewhere(String name, List<String> asked, Set<String> taken) {
    if (!DECISIVE.contains(name)) {
      return;
    }
    String goals =
        byGoal.keySet().stream()
            .filter(goal -> byGoal.get(goal).contains(name))
            .map(goal -> "migrate:" + goal)
            .collect(Collectors.joining(", "));
    Optional<String> other =
        REVISIONS.stream()
            .filter(one -> REVISIONS.contains(name) && taken.contains(one))
            .findFirst();
    throw new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "migrate:%s has no parameter -D%s%s, so it would not be heard."
            .formatted(asked.get(0), PREFIX, name),
        advice(name, asked, other)
            + "%s belongs to %s. mvn migrate:help -Ddetail=true -Dgoal=%s lists what migrate:%s takes."
                .formatted(
                    other.isPresent() ? "-D" + PREFIX + name : "it",
                    goals,
                    asked.get(0),
                    asked.get(0)));
  }

  private static String advice(String name, List<String> asked, Optional<String> other) {
    if (name.equals("dryRun")) {
      return asked.contains("generate")
          ? "mvn migrate:diff -Dmigrate.format=sql shows what would be written; "
          : "This goal has no dry run, and would do for real what it is for; ";
    }
    return other
        .map(one -> "Perhaps -D%s%s was meant; ".formatted(PREFIX, one))
        .orElse("Leave it out; ");
  }
}
