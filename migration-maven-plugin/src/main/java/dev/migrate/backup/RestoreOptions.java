package dev.migrate.backup;

/**
 * What a restore is allowed to do: replace a database that is not empty, end sessions of others,
 * restore owners and privileges.
 *
 * @param force whether a database that is not empty may be replaced
 * @param terminate whether sessions of others may be ended
 * @param rights whether owners and privileges are restored, too
 */
public record RestoreOptions(boolean force, boolean terminate, boolean rights) {}
