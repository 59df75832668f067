package ${package}.asset;

import ${package}.database.enums.AssetStatus;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody says about an asset. The rules are those of the database, told in words before it
 * has to refuse.
 *
 * @param status null means in stock
 */
public record AssetDraft(
    @NotBlank(message = "Enter the tag.")
        @Pattern(
            regexp = "|[A-Z]{2,4}-[0-9]{4,12}",
            message = "Write two to four capital letters, a hyphen and at least four digits: NB-0042.")
        String tag,
    @NotBlank(message = "Enter a name.") @Size(max = 200, message = "Use at most 200 characters.")
        String name,
    @Size(max = 100, message = "Use at most 100 characters.") String serialNumber,
    AssetStatus status,
    Long categoryId,
    Long locationId,
    LocalDate purchasedOn,
    @PositiveOrZero(message = "Enter a price of zero or more.")
        @Digits(integer = 10, fraction = 2, message = "Use at most two digits after the point.")
        BigDecimal purchasePrice,
    LocalDate warrantyUntil,
    @Size(max = 50, message = "Use at most 50 attributes.") SortedMap<
            @NotBlank(message = "Give each attribute a name.")
            @Size(max = 50, message = "Use at most 50 characters for the name of an attribute.")
            String,
            @Size(max = 500, message = "Use at most 500 characters for an attribute.") String>
        attributes) {
  public AssetDraft {
    tag = stripped(tag);
    name = stripped(name);
    serialNumber = stripped(serialNumber);
    serialNumber = serialNumber == null || serialNumber.isEmpty() ? null : serialNumber;
    status = status == null ? AssetStatus.in_stock : status;
    attributes = new TreeMap<>(attributes == null ? Map.of() : attributes);
  }

  @AssertTrue(message = "The warranty cannot end before the purchase.")
  public boolean isWarrantyUntilPlausible() {
    return warrantyUntil == null || purchasedOn == null || !warrantyUntil.isBefore(purchasedOn);
  }

  private static String stripped(String text) {
    return text == null ? null : text.strip();
  }
}
