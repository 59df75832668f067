package ${package}.page;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** How days, times and numbers are written on pages: one way everywhere. */
@Component("texts")
public class Texts {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

  private final String currency;

  Texts(Environment environment) {
    this.currency = environment.getRequiredProperty("app.currency");
  }

  /** What all prices are in. */
  public String currency() {
    return currency;
  }

  public String day(LocalDate day) {
    return day == null ? "" : DAY.format(day);
  }

  /** The day in the time zone of the server. */
  public String day(OffsetDateTime moment) {
    return moment == null ? "" : DAY.format(moment.atZoneSameInstant(ZoneId.systemDefault()));
  }

  /** The day and minute in the time zone of the server. */
  public String moment(OffsetDateTime moment) {
    return moment == null ? "" : MOMENT.format(moment.atZoneSameInstant(ZoneId.systemDefault()));
  }

  public String count(long count) {
    return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(count);
  }

  /** "1 asset", "2,000 assets". */
  public String count(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  public String amount(BigDecimal amount) {
    if (amount == null) {
      return "";
    }
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(2);
    return currency + " " + format.format(amount);
  }
}
