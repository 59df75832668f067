package ${package}.page;

import ${package}.failure.RuleException;
import jakarta.validation.Validator;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Reads forms, checks what they mean, and saves it. */
@Component
public class Forms {
  private final Validator validator;

  Forms(Validator validator) {
    this.validator = validator;
  }

  /**
   * Saves what a form means, if nothing is wrong with it.
   *
   * @param errors where what is wrong is added, beside its field
   * @param save may refuse what only a service or the database can judge
   * @return what was saved; empty if something is wrong
   */
  public <D, T> Optional<T> save(Form<D> form, BindingResult errors, Function<D, T> save) {
    Typed typed = new Typed(errors);
    D draft = form.read(typed);
    typed.check(draft, validator);
    if (errors.hasErrors()) {
      return Optional.empty();
    }
    try {
      return Optional.of(save.apply(draft));
    } catch (RuleException refusal) {
      typed.refused(refusal, form.getClass());
      return Optional.empty();
    }
  }

  /** Leads to a page that tells what was done. */
  public static ModelAndView done(RedirectAttributes next, String notice, String address) {
    next.addFlashAttribute("notice", notice);
    return new ModelAndView("redirect:" + address);
  }
}
