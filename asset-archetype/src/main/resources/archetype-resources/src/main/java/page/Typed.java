package ${package}.page;

import ${package}.failure.RuleException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.validation.BindingResult;

/**
 * Reads what was typed into a form. A form keeps text, so that it can be shown again exactly as it
 * was typed; what cannot be read becomes an error beside its field.
 */
public final class Typed {
  /** 1499.00 and 1499,00; not 1,499, which some read as one and a half. */
  private static final Pattern PLAIN =
      Pattern.compile("(-?[0-9]{1,15})(?:(?:\\.|,(?=[0-9]{1,2}\\z))([0-9]{1,6}))?");

  /** 1,499.00 and 1'499.00 and 1 499.00, and the same without cents. */
  private static final Pattern POINTS =
      Pattern.compile("(-?[0-9]{1,3}(?:[,'’ \u00a0\u202f][0-9]{3}){1,4})(?:\\.([0-9]{1,6}))?");

  /** 1.499,00 and 1 499,00, and the same without cents. */
  private static final Pattern COMMAS =
      Pattern.compile("(-?[0-9]{1,3}(?:['’ \u00a0\u202f][0-9]{3}|\\.[0-9]{3}){1,4})(?:,([0-9]{1,6}))?");

  private static final String PLAUSIBLE = "Plausible";

  private final BindingResult errors;

  public Typed(BindingResult errors) {
    this.errors = errors;
  }

  /** The text without the null character, which PostgreSQL cannot store. */
  public static String text(String typed) {
    return typed == null ? null : typed.replace("\0", "");
  }

  public LocalDate day(String field, String typed) {
    if (isBlank(typed)) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(typed.strip());
      if (day.getYear() >= 1900 && day.getYear() <= 9999) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Told below, as for a year that nobody means.
    }
    errors.rejectValue(field, "day", "Enter a day as year-month-day: 2026-02-28.");
    return null;
  }

  public BigDecimal amount(String field, String typed) {
    if (isBlank(typed)) {
      return null;
    }
    // Signs of currencies, and what stands between thousands.
    String digits =
        typed.strip().replaceAll("^(\\p{Sc}|[A-Z]{3}) ?| ?(\\p{Sc}|[A-Z]{3})\\z", "");
    if (digits.matches("-?[0-9]{1,3},[0-9]{3}")) {
      errors.rejectValue(field, "amount", "This can be read in two ways: write 1234 or 1.23.");
      return null;
    }
    for (Pattern pattern : List.of(PLAIN, POINTS, COMMAS)) {
      Matcher amount = pattern.matcher(digits);
      if (amount.matches()) {
        String whole = amount.group(1).replaceAll("[^0-9-]", "");
        String fraction = amount.group(2);
        return new BigDecimal(fraction == null ? whole : whole + "." + fraction);
      }
    }
    errors.rejectValue(field, "amount", "Enter an amount, such as 1499.00 or 1.499,00.");
    return null;
  }

  /** How many of something. */
  public Integer count(String field, String typed) {
    if (isBlank(typed)) {
      return null;
    }
    if (!typed.strip().matches("[0-9]{1,4}")) {
      errors.rejectValue(field, "count", "Enter a whole number.");
      return null;
    }
    return Integer.valueOf(typed.strip());
  }

  /** The number of a row that was chosen from a list. */
  public Long number(String field, String chosen) {
    if (isBlank(chosen)) {
      return null;
    }
    try {
      return Long.valueOf(chosen.strip());
    } catch (NumberFormatException e) {
      errors.rejectValue(field, "choice", "Choose one of the list.");
      return null;
    }
  }

  public <E extends Enum<E>> E choice(String field, String chosen, Class<E> type) {
    if (isBlank(chosen)) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(chosen)) {
        return constant;
      }
    }
    errors.rejectValue(field, "choice", "Choose one of the list.");
    return null;
  }

  /** Lines such as "Colour: silver". */
  public SortedMap<String, String> lines(String field, String typed) {
    SortedMap<String, String> read = new TreeMap<>();
    if (isBlank(typed)) {
      return read;
    }
    for (String line : text(typed).lines().filter(line -> !line.isBlank()).toList()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (name.isEmpty() || value.isEmpty()) {
        errors.rejectValue(
            field,
            "line",
            "Write a name, a colon and a value on each line; this one is different: "
                + line.strip());
        return read;
      }
      if (read.putIfAbsent(name, value) != null) {
        errors.rejectValue(field, "twice", "This name is there twice: " + name);
        return read;
      }
    }
    return read;
  }

  /**
   * Adds what the draft itself says is wrong with it. A question that ends in Plausible is about
   * the field before that word.
   */
  public <T> void check(T draft, Validator validator) {
    List<ConstraintViolation<T>> violations =
        validator.validate(draft).stream()
            .sorted(Comparator.comparing(violation -> violation.getPropertyPath().toString()))
            .toList();
    for (ConstraintViolation<T> violation : violations) {
      String field = field(violation.getPropertyPath());
      if (!errors.hasFieldErrors(field)) {
        errors.rejectValue(field, "invalid", violation.getMessage());
      }
    }
  }

  /** Adds what a service has refused. */
  public void refused(RuleException refusal, Class<?> form) {
    boolean known =
        refusal.field() != null
            && List.of(form.getRecordComponents()).stream()
                .anyMatch(component -> component.getName().equals(refusal.field()));
    if (known) {
      errors.rejectValue(refusal.field(), "refused", refusal.getMessage());
    } else {
      errors.reject("refused", refusal.getMessage());
    }
  }

  private static String field(Path path) {
    String first = path.iterator().next().getName();
    return first.endsWith(PLAUSIBLE)
        ? first.substring(0, first.length() - PLAUSIBLE.length())
        : first;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
