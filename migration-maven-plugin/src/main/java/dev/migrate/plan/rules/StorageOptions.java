package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alterations;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders storage parameters and the options of foreign objects: {@code name=value} each. */
final class StorageOptions {
  private StorageOptions() {}

  /** {@code WITH (fillfactor=70)}, with a blank before it, or nothing. */
  static String with(Fact fact) {
    List<String> options = fact.items(Attribute.OPTIONS_LIST);
    return options.isEmpty() ? "" : " WITH (" + list(options) + ")";
  }

  static String list(List<String> options) {
    return options.stream()
        .map(option -> name(option) + "=" + value(option))
        .collect(Collectors.joining(", "));
  }

  private static String name(String option) {
    String name = option.substring(0, option.indexOf('='));
    int dot = name.indexOf('.');
    return dot < 0
        ? quote(name)
        : quote(name.substring(0, dot)) + "." + quote(name.substring(dot + 1));
  }

  private static String value(String option) {
    String value = option.substring(option.indexOf('=') + 1);
    return value.matches("[A-Za-z_]+|[0-9.]+") && value.equals(quote(value))
            || value.matches("[0-9.]+|true|false|on|off")
        ? value
        : literal(value);
  }

  static void change(Alterations alterations, String alter, Fact before, Fact after) {
    change(
        alterations,
        alter,
        before.items(Attribute.OPTIONS_LIST),
        after.items(Attribute.OPTIONS_LIST));
  }

  static void change(
      Alterations alterations, String alter, List<String> before, List<String> after) {
    List<String> set = new ArrayList<>(after);
    set.removeAll(before);
    List<String> reset = names(before);
    reset.removeAll(names(after));
    if (!reset.isEmpty()) {
      alterations.add(
          alter
              + " RESET ("
              + reset.stream().map(name -> name(name + "=")).collect(Collectors.joining(", "))
              + ")");
    }
    if (!set.isEmpty()) {
      alterations.add(alter + " SET (" + list(set) + ")");
    }
  }

  private static List<String> names(List<String> options) {
    return options.stream()
        .map(option -> option.substring(0, option.indexOf('=')))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** {@code OPTIONS (host 'a')}, with a blank before it, or nothing. */
  static String foreign(Fact fact) {
    List<String> options = fact.items(Attribute.FOREIGN_OPTIONS);
    return options.isEmpty()
        ? ""
        : " OPTIONS ("
            + options.stream().map(StorageOptions::foreignOption).collect(Collectors.joining(", "))
            + ")";
  }

  private static String foreignOption(String option) {
    int equals = option.indexOf('=');
    return quote(option.substring(0, equals)) + " " + literal(option.substring(equals + 1));
  }

  static void changeForeign(Alterations alterations, String alter, Fact before, Fact after) {
    List<String> old = before.items(Attribute.FOREIGN_OPTIONS);
    List<String> wanted = after.items(Attribute.FOREIGN_OPTIONS);
    List<String> oldNames = names(old);
    List<String> wantedNames = names(wanted);
    List<String> changes = new ArrayList<>();
    for (String name : oldNames) {
      if (!wantedNames.contains(name)) {
        changes.add("DROP " + quote(name));
      }
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!oldNames.contains(wantedNames.get(i))) {
        changes.add("ADD " + foreignOption(wanted.get(i)));
      } else if (!old.contains(wanted.get(i))) {
        changes.add("SET " + foreignOption(wanted.get(i)));
      }
    }
    alterations.add(alter + " OPTIONS (" + String.join(", ", changes) + ")");
  }
}
