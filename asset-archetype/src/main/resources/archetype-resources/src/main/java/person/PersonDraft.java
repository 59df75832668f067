package ${package}.person;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;

/**
 * What somebody says about a person.
 *
 * @param joinedOn null means today
 */
public record PersonDraft(
    @NotBlank(message = "Enter the name.") @Size(max = 200, message = "Use at most 200 characters.")
        String fullName,
    @NotBlank(message = "Enter the e-mail address.")
        @Email(message = "Enter an e-mail address, such as mia.keller@example.com.")
        @Size(max = 254, message = "Use at most 254 characters.")
        String email,
    LocalDate joinedOn,
    LocalDate leftOn) {
  public PersonDraft {
    fullName = fullName == null ? null : fullName.strip();
    email = email == null ? null : email.strip();
  }

  @AssertTrue(message = "Nobody leaves before joining.")
  public boolean isLeftOnPlausible() {
    return joinedOn == null || leftOn == null || !leftOn.isBefore(joinedOn);
  }
}
