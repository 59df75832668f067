package dev.migrate.goal;

import dev.migrate.generate.UserPrompt;
import dev.migrate.text.PlainText;
import java.io.Console;
import java.util.Optional;

/** The interactive console in which Maven runs, which asks yes-or-no and free questions. */
final class Terminal implements UserPrompt {
  /**
   * @return whether a person reads along and can answer
   */
  static boolean isThere() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * Since Java 22 there is a console also where input and output are files or pipes, and it says
   * so; before, there was none.
   */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException beforeJava22) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The console does not say whether it is a terminal", e);
    }
  }

  @Override
  public boolean possible() {
    return true;
  }

  @Override
  public Optional<String> answer(String question, String suggestion) {
    String line =
        System.console().readLine("%s [%s] ", PlainText.text(question), PlainText.line(suggestion));
    return Optional.ofNullable(line).map(text -> text.isBlank() ? suggestion : text);
  }
}
