package dev.migrate.plan;

/**
 * A hazard of a statement: what it can do to a running system or to its data, such as a lock, a
 * table scan, a rewrite or lost data.
 */
public sealed interface Hazard {
  /**
   * @return one line for people
   */
  String describe();

  /**
   * Something is gone afterwards and no downgrade brings it back.
   *
   * @param what the column, table or value
   * @param query finds the rows that lose something; empty when all do, or no query tells
   */
  record LosesData(String what, String query) implements Hazard {
    /**
     * Where all rows lose something, or no query tells which do.
     *
     * @param what the column, table or value
     */
    public LosesData(String what) {
      this(what, "");
    }

    @Override
    public String describe() {
      return "loses data: "
          + what
          + (query.isEmpty() ? "" : " of the rows that this finds: " + query);
    }
  }

  /**
   * Every row is written again, under a lock that blocks readers.
   *
   * @param table the table
   */
  record RewritesTable(String table) implements Hazard {
    @Override
    public String describe() {
      return "rewrites " + table;
    }
  }

  /**
   * Every row is read while the lock is held.
   *
   * @param table the table
   */
  record ScansTable(String table) implements Hazard {
    @Override
    public String describe() {
      return "scans " + table;
    }
  }

  /**
   * Others have to wait.
   *
   * @param lock PostgreSQL's name of the lock
   * @param table the table
   */
  record Blocks(String lock, String table) implements Hazard {
    @Override
    public String describe() {
      return "blocks with " + lock + " on " + table;
    }
  }

  /**
   * Rows that exist can make it fail.
   *
   * @param query finds those rows; empty when there is no general query
   * @param reason why, in words, and of what
   */
  record MayFailOnRows(String query, String reason) implements Hazard {
    @Override
    public String describe() {
      return query.isEmpty()
          ? "can fail on existing rows: " + reason
          : "fails if this finds rows: " + query;
    }
  }

  /**
   * Somebody can see or change more rows, or fewer, than before.
   *
   * @param direction whether it is more or fewer, as far as that can be seen
   * @param what whose access to what, in words
   */
  record ChangesAccess(Direction direction, String what) implements Hazard {
    @Override
    public String describe() {
      return direction.word + " access: " + what;
    }

    /** Whether more is permitted, or less. */
    public enum Direction {
      WIDENS("widens"),
      NARROWS("narrows"),
      /** One expression stands for another; which permits more only their meaning tells. */
      CHANGES("changes");

      private final String word;

      Direction(String word) {
        this.word = word;
      }
    }
  }

  /**
   * Values change between a time with a zone and one without, and nobody has said which zone the
   * one without is in.
   *
   * @param what the column
   * @param zone the zone that the script says
   */
  record AssumesTimeZone(String what, String zone) implements Hazard {
    @Override
    public String describe() {
      return "takes %s for times in %s: generate with -Dmigrate.timeZone=<zone> if they are not"
          .formatted(what, zone);
    }
  }

  /** PostgreSQL refuses it in a transaction block. */
  record NotInTransaction() implements Hazard {
    @Override
    public String describe() {
      return "cannot run in a transaction";
    }
  }

  /**
   * What is made again has neither the privileges nor the owner that were given to it outside the
   * model.
   *
   * @param what the object
   */
  record LosesGrants(String what) implements Hazard {
    @Override
    public String describe() {
      return "makes " + what + " again: privileges and owner given outside the model are lost";
    }
  }

  /**
   * The form that runs under load was asked for, and there is none.
   *
   * @param reason why, in words
   */
  record NoOnlineForm(String reason) implements Hazard {
    @Override
    public String describe() {
      return "no online form: " + reason;
    }
  }
}
