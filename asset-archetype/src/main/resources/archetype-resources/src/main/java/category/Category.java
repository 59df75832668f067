package ${package}.category;

/**
 * A kind of asset.
 *
 * @param tagPrefix how the tags of its assets begin
 * @param inspectionMonths how long after an inspection the next one is due; null for never
 * @param assets how many there are of this kind
 * @param version counts the changes
 */
public record Category(
    long id,
    String name,
    String tagPrefix,
    Integer inspectionMonths,
    long assets,
    int version) {}
