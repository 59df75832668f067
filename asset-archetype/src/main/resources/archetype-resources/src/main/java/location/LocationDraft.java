package ${package}.location;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What somebody says about a place. */
public record LocationDraft(
    Long parentId,
    @NotBlank(message = "Enter a name.") @Size(max = 100, message = "Use at most 100 characters.")
        String name,
    @Size(max = 500, message = "Use at most 500 characters.") String address) {
  public LocationDraft {
    name = name == null ? null : name.strip();
    address = address == null || address.isBlank() ? null : address.strip();
  }
}
