package ${package}.asset;

import ${package}.database.enums.AssetStatus;
import ${package}.page.Form;
import ${package}.page.Typed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.Collectors;

/** The form of an asset: what was typed, as it was typed. Its names are those of the draft. */
public record AssetForm(
    String tag,
    String name,
    String serialNumber,
    String status,
    String categoryId,
    String locationId,
    String purchasedOn,
    String purchasePrice,
    String warrantyUntil,
    String attributes)
    implements Form<AssetDraft> {

  public static AssetForm empty() {
    return new AssetForm("", "", "", AssetStatus.in_stock.name(), "", "", "", "", "", "");
  }

  public static AssetForm of(AssetDraft draft) {
    return new AssetForm(
        shown(draft.tag()),
        shown(draft.name()),
        shown(draft.serialNumber()),
        shown(draft.status()),
        shown(draft.categoryId()),
        shown(draft.locationId()),
        shown(draft.purchasedOn()),
        draft.purchasePrice() == null ? "" : draft.purchasePrice().toPlainString(),
        shown(draft.warrantyUntil()),
        draft.attributes().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n")));
  }

  AssetForm withTag(String other) {
    return new AssetForm(
        other,
        name,
        serialNumber,
        status,
        categoryId,
        locationId,
        purchasedOn,
        purchasePrice,
        warrantyUntil,
        attributes);
  }

  @Override
  public AssetDraft read(Typed typed) {
    Long category = typed.number("categoryId", categoryId);
    Long location = typed.number("locationId", locationId);
    LocalDate purchased = typed.day("purchasedOn", purchasedOn);
    BigDecimal price = typed.amount("purchasePrice", purchasePrice);
    LocalDate warranty = typed.day("warrantyUntil", warrantyUntil);
    return new AssetDraft(
        Typed.text(tag),
        Typed.text(name),
        Typed.text(serialNumber),
        typed.choice("status", status, AssetStatus.class),
        category,
        location,
        purchased,
        price,
        warranty,
        typed.lines("attributes", attributes));
  }

  private static String shown(Object value) {
    return value == null ? "" : value.toString();
  }
}
