package dev.migrate.it;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A project whose revisions leave a trace, each time they run, that no constraint would hide. */
final class Steps {
  private Steps() {}

  /** The ids of that many revisions. */
  static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "202601010000%02d".formatted(i)).toList();
  }

  /**
   * @param name what the folder is called
   * @param count how many revisions, up to 60
   * @param extra SQL at the end of each revision, by its id
   * @return the project
   */
  static Project project(String name, int count, Function<String, String> extra) {
    Project project = Project.small(name);
    for (String id : ids(count)) {
      String first = id.equals(ids(1).get(0)) ? "create table steps (id text);\n" : "";
      project.revision(
          id,
          first
              + "create table t%1$s (id int);\n".formatted(id)
              + "insert into steps values ('%s');\n".formatted(id)
              + extra.apply(id),
          "drop table t%s;\n".formatted(id));
    }
    return project;
  }

  /** The revisions that have run, in the order in which they did. */
  static List<String> ran(Database database) {
    boolean none = !database.tables().contains("steps");
    return none ? List.of() : database.query("select id from steps order by ctid");
  }
}
