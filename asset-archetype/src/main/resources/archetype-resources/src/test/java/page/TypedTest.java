package ${package}.page;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.failure.RuleException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;

@DisplayName("What is typed")
class TypedTest {
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  private final BindingResult errors =
      new BeanPropertyBindingResult(new Form("", "", "", "", ""), "form");
  private final Typed typed = new Typed(errors);

  record Form(String day, String amount, String number, String colour, String lines) {}

  record Draft(@NotBlank(message = "Enter a colour.") String colour, boolean dayPlausible) {
    @AssertTrue(message = "This day cannot be.")
    public boolean isDayPlausible() {
      return dayPlausible;
    }
  }

  enum Colour {
    RED
  }

  @Test
  @DisplayName("means nothing when it is blank")
  void meansNothingWhenBlank() {
    assertThat(typed.day("day", " ")).isNull();
    assertThat(typed.amount("amount", "")).isNull();
    assertThat(typed.number("number", null)).isNull();
    assertThat(typed.choice("colour", "", Colour.class)).isNull();
    assertThat(typed.lines("lines", "\n \n")).isEmpty();
    assertThat(errors.hasErrors()).isFalse();
  }

  @Test
  @DisplayName("is read")
  void isRead() {
    assertThat(typed.day("day", " 2026-02-28 ")).isEqualTo(LocalDate.of(2026, 2, 28));
    assertThat(typed.amount("amount", "1499.50")).isEqualTo(new BigDecimal("1499.50"));
    assertThat(typed.number("number", "12")).isEqualTo(12L);
    assertThat(typed.choice("colour", "RED", Colour.class)).isEqualTo(Colour.RED);
    assertThat(typed.lines("lines", "RAM: 32 GB\r\n\r\nURL: http://a:1"))
        .containsEntry("RAM", "32 GB")
        .containsEntry("URL", "http://a:1")
        .hasSize(2);
    assertThat(errors.hasErrors()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1499;1499",
        "1499.5;1499.5",
        "12,50;12.50",
        "1.234,50;1234.50",
        "1,234.50;1234.50",
        "1 234,50;1234.50",
        "1'234.50;1234.50",
        "1.234.567;1234567",
        "1,234,567.00;1234567.00",
        "€ 12,50;12.50",
        "EUR 1,499.00;1499.00",
        "99 CHF;99",
        "-3.00;-3.00"
      })
  @DisplayName("is an amount however people write it")
  void isAnAmount(String text, BigDecimal amount) {
    assertThat(typed.amount("amount", text)).isEqualTo(amount);
    assertThat(errors.hasErrors()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30", "28.02.2026", "yesterday", "0026-02-01", "+12026-01-01"})
  @DisplayName("is refused where it is no day")
  void isRefusedWhereItIsNoDay(String text) {
    assertThat(typed.day("day", text)).isNull();
    assertThat(errors.getFieldError("day").getDefaultMessage())
        .isEqualTo("Enter a day as year-month-day: 2026-02-28.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,234", "1e9", "abc", "1 00", "1.23.456", "1,234,50", "12 34", "12345678901234567"})
  @DisplayName("is refused where it is no amount")
  void isRefusedWhereItIsNoAmount(String text) {
    assertThat(typed.amount("amount", text)).isNull();
    assertThat(errors.getFieldErrorCount("amount")).isEqualTo(1);
  }

  @Test
  @DisplayName("is refused where it is none of the choices")
  void isRefusedWhereItIsNoChoice() {
    assertThat(typed.choice("colour", "BLUE", Colour.class)).isNull();
    assertThat(typed.number("number", "1 or 1=1")).isNull();
    assertThat(errors.getFieldErrorCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RAM", ": 32 GB", "RAM:", "a: 1\na: 2"})
  @DisplayName("is refused where it is no line of name and value")
  void isRefusedWhereItIsNoLine(String text) {
    typed.lines("lines", text);
    assertThat(errors.getFieldErrorCount("lines")).isEqualTo(1);
  }

  @Test
  @DisplayName("is checked by the draft it makes, and the error stands at the field")
  void isCheckedByTheDraft() {
    typed.check(new Draft("", false), VALIDATOR);
    assertThat(errors.getFieldError("colour").getDefaultMessage()).isEqualTo("Enter a colour.");
    assertThat(errors.getFieldError("day").getDefaultMessage()).isEqualTo("This day cannot be.");
  }

  @Test
  @DisplayName("gets the refusals of a service at the field, or at the whole form")
  void getsTheRefusalsOfAService() {
    typed.refused(new RuleException("amount", "Too much."), Form.class);
    typed.refused(new RuleException("elsewhere", "Not now."), Form.class);
    assertThat(errors.getFieldError("amount").getDefaultMessage()).isEqualTo("Too much.");
    assertThat(errors.getGlobalError().getDefaultMessage()).isEqualTo("Not now.");
  }
}
