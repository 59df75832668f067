package ${package}.location;

/**
 * A place.
 *
 * @param parentId the place around it; null for a site
 * @param path its name after the names of the places around it, such as "Bern / Main building / 2.14"
 * @param assets how many assets are there, or at a place inside
 * @param version counts the changes
 */
public record Location(
    long id,
    Long parentId,
    String name,
    String path,
    String address,
    long assets,
    int version) {}
