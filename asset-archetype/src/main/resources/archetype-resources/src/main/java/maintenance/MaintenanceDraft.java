package ${package}.maintenance;

import ${package}.database.enums.MaintenanceKind;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;

/** Work that is to be planned. */
public record MaintenanceDraft(
    @NotNull(message = "Choose what kind of work it is.") MaintenanceKind kind,
    @NotBlank(message = "Say what is to be done.")
        @Size(max = 500, message = "Use at most 500 characters.")
        String description,
    @NotNull(message = "Enter the day on which it is due.") LocalDate dueOn) {
  public MaintenanceDraft {
    description = description == null ? null : description.strip();
  }
}
