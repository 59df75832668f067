package ${package}.maintenance;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What is said of work when it is done.
 *
 * @param completedOn null means today
 */
public record Completion(
    @PastOrPresent(message = "Enter a day that is not in the future.") LocalDate completedOn,
    @PositiveOrZero(message = "Enter a cost of zero or more.")
        @Digits(integer = 10, fraction = 2, message = "Use at most two digits after the point.")
        BigDecimal cost) {}
