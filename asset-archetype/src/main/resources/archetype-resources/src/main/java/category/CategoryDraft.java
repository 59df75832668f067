package ${package}.category;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/** What somebody says about a category. */
public record CategoryDraft(
    @NotBlank(message = "Enter a name.") @Size(max = 100, message = "Use at most 100 characters.")
        String name,
    @NotBlank(message = "Enter the letters that tags begin with.")
        @Pattern(regexp = "|[A-Z]{2,4}", message = "Write two to four capital letters: NB.")
        String tagPrefix,
    @Positive(message = "Enter a number of months.") Integer inspectionMonths) {
  public CategoryDraft {
    name = name == null ? null : name.strip();
    tagPrefix = tagPrefix == null ? null : tagPrefix.strip();
  }
}
