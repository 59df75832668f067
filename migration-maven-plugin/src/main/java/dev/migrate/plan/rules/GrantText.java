package dev.migrate.plan.rules;

import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders GRANT and REVOKE statements that lead from some privileges to others. */
final class GrantText {
  private static final String FROM = " FROM ";

  private GrantText() {}

  /** What stands around the privileges: {@code prefix GRANT … on TO role}. */
  record Place(String prefix, String on, String role) {}

  /** A privilege with a star can be granted on. */
  static List<Statement> change(
      FactId id, List<String> before, List<String> after, Place place, String column) {
    List<String> had = plain(before);
    List<String> wanted = plain(after);
    List<String> hadOption = withOption(before);
    List<String> wantedOption = withOption(after);
    List<String> revoke = without(had, wanted);
    List<String> revokeOption = without(without(hadOption, wantedOption), revoke);
    List<String> grantOption = without(wantedOption, hadOption);
    List<String> grant = without(without(wanted, had), grantOption);
    List<Statement> statements = new ArrayList<>();
    // With the right to grant it on, others can have it from this role: they lose it too.
    String others = revoke.stream().anyMatch(hadOption::contains) ? " CASCADE" : "";
    add(statements, id, "REVOKE ", revoke, place, FROM, others, column);
    add(statements, id, "REVOKE GRANT OPTION FOR ", revokeOption, place, FROM, " CASCADE", column);
    add(statements, id, "GRANT ", grant, place, " TO ", "", column);
    add(statements, id, "GRANT ", grantOption, place, " TO ", " WITH GRANT OPTION", column);
    return statements;
  }

  private static void add(
      List<Statement> statements,
      FactId id,
      String verb,
      List<String> privileges,
      Place place,
      String direction,
      String end,
      String column) {
    if (!privileges.isEmpty()) {
      String list =
          privileges.stream()
              .map(privilege -> column.isEmpty() ? privilege : privilege + " (" + column + ")")
              .collect(Collectors.joining(", "));
      statements.add(
          Statement.of(
              id,
              new Operation.Grant(
                  place.prefix(),
                  verb + list,
                  direction.equals(FROM),
                  place.on() + direction + place.role() + end)));
    }
  }

  private static List<String> plain(List<String> privileges) {
    return privileges.stream().map(one -> one.replace("*", "")).toList();
  }

  private static List<String> withOption(List<String> privileges) {
    return plain(privileges.stream().filter(one -> one.endsWith("*")).toList());
  }

  private static List<String> without(List<String> privileges, List<String> others) {
    List<String> rest = new ArrayList<>(privileges);
    rest.removeAll(others);
    return rest;
  }
}
