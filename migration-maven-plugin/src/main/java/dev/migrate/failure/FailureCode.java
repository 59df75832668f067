package dev.migrate.failure;

/**
 * The stable name of a way in which a goal can fail. It stands in the text of the failure and in
 * the JSON output, so scripts may rely on it: a constant is never renamed, and never reused for
 * something else.
 */
public enum FailureCode {
  /** A parameter, or the combination of several, makes no sense. */
  INVALID_PARAMETER,
  /** The revision files are wrong in themselves: header, name, encoding, graph. */
  INVALID_REVISION_FILE,
  /** A revision was asked for that neither the files nor the history know. */
  UNKNOWN_REVISION,
  /** A revision was asked for in a way that fits several. */
  AMBIGUOUS_REVISION,
  /** One head is needed and there are several. */
  SEVERAL_HEADS,
  /** The target has applied revisions that are not in the files. */
  DATABASE_AHEAD,
  /** The files hold revisions that the target has not applied. */
  PENDING,
  /** The target's schema differs from what its applied revisions give. */
  DRIFT,
  /** A script was edited after the database had applied it. */
  TAMPERED_SCRIPT,
  /** The history holds a row of which this version does not know what it says. */
  HISTORY_NOT_UNDERSTOOD,
  /** A revision failed half-way in an earlier run and waits for somebody to mend it. */
  FAILED_REVISION,
  /** A revision has no downgrade script, or one without a statement. */
  IRREVERSIBLE,
  /** A statement of a script failed. */
  SCRIPT_FAILED,
  /** Somebody else holds the lock of the history. */
  LOCKED,
  /** A statement waited longer than {@code migrate.lockTimeout} for a lock in the database. */
  LOCK_TIMEOUT,
  /** The target cannot be reached or does not let us in. */
  CONNECTION,
  /** A pooler stands before the server, and its sessions do not stay with us. */
  POOLER,
  /** The target takes no changes: it is a standby, or read-only for this user. */
  READ_ONLY,
  /** The embedded PostgreSQL cannot be provided or does not start. */
  EMBEDDED_POSTGRES,
  /** A file or folder cannot be read or written. */
  FILE_ACCESS,
  /** An earlier run was interrupted while it changed several files; its goal finishes it. */
  UNFINISHED_CHANGE,
  /** The database refused something that is not part of a script. */
  DATABASE,
  /** The model does not load. */
  INVALID_MODEL,
  /** A rename is possible and was neither confirmed nor denied. */
  RENAME_UNDECIDED,
  /** The model does not have what a revision written by hand made, and nobody said it may go. */
  DROP_UNDECIDED,
  /** A Java migration failed, in the process in which it ran. */
  JAVA_MIGRATION_FAILED,
  /** A repeatable migration makes what is to change, and its file cannot be written anew. */
  REPEATABLE_OWNED,
  /** The scripts do not give what they should; nothing was written. */
  PROOF_FAILED,
  /** A change that no rule of the planner covers. */
  NOT_SUPPORTED,
  /** Two schemas differ that were to be equal, and neither is the target's. */
  DIFFERENT,
  /** A check of {@code migrate:verify} failed or could not run. */
  VERIFY_FAILED,
  /** A backup could not be taken; no file was left that looks like one. */
  BACKUP_FAILED,
  /** There is no backup of that name, or none at all. */
  BACKUP_NOT_FOUND,
  /** A backup is not what its manifest says, or its manifest cannot be read. */
  BACKUP_DAMAGED,
  /** A restore would overwrite something or disturb somebody, and was not told to. */
  RESTORE_REFUSED,
  /** A restore failed; the database is as it was. */
  RESTORE_FAILED,
  /** A program such as pg_dump is needed and cannot be found, or is too old. */
  CLIENT_TOOL,
  /** The pending revisions did not pass on the copy. */
  REHEARSAL_FAILED,
  /** {@code migrate:lint} found something that fails the build. */
  LINT_FAILED,
  /** What was asked for is, or the target stands, in the middle of what a baseline replaces. */
  BELOW_BASELINE,
  /** Part of the history cannot be replaced by a baseline. */
  SQUASH_REFUSED,
  /** A backup would lack something that is in the database, and was not told that it may. */
  BACKUP_INCOMPLETE,
  /** What comes from the target could run its code with rights that its owner has not got. */
  UNTRUSTED_TARGET,
  /** After a run the history says something else than what was to be run. */
  NOT_AS_PLANNED,
  /** A script without a header has come below what the target has applied already. */
  OUT_OF_ORDER,
  /** Two branches cannot both run in one database. */
  BRANCHES_COLLIDE
}
