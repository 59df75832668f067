package dev.migrate.generate;

import java.util.Locale;
import java.util.Optional;

/** Interactive prompt: asks whoever is at the terminal, if there is somebody. */
public interface UserPrompt {
  /** Nobody is there to answer. */
  UserPrompt NOBODY =
      new UserPrompt() {
        @Override
        public boolean possible() {
          return false;
        }

        @Override
        public Optional<String> answer(String question, String suggestion) {
          return Optional.empty();
        }
      };

  /**
   * @return whether questions can be asked at all
   */
  boolean possible();

  /**
   * @param question what to ask
   * @param suggestion what an empty answer means
   * @return the answer; empty when there is none to be had
   */
  Optional<String> answer(String question, String suggestion);

  /**
   * @param question what to ask
   * @return whether the answer begins with a y; anything else means no; empty when there is no
   *     answer to be had
   */
  default Optional<Boolean> yes(String question) {
    return answer(question, "no")
        .map(text -> text.strip().toLowerCase(Locale.ROOT).startsWith("y"));
  }
}
