package ${package}.person;

import java.time.LocalDate;

/**
 * Somebody who can be given an asset.
 *
 * @param leftOn the last day; null while the person is here
 * @param assets how many assets the person has now
 * @param version counts the changes
 */
public record Person(
    long id,
    String fullName,
    String email,
    LocalDate joinedOn,
    LocalDate leftOn,
    long assets,
    int version) {}
