package ${package}.page;

import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Asks before anything is deleted, says what hangs on it, and deletes it then. */
@PageController
class DeletionPages {
  private final List<Deletable> kinds;

  DeletionPages(List<Deletable> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  @GetMapping("/{kind}/{id}/delete")
  ModelAndView ask(@PathVariable String kind, @PathVariable long id) {
    return page(kind, id, HttpStatus.OK);
  }

  @PostMapping("/{kind}/{id}/delete")
  ModelAndView delete(
      @PathVariable String kind,
      @PathVariable long id,
      @RequestParam int version,
      RedirectAttributes next) {
    Deletable deletable = deletable(kind, id);
    Deletable.Deletion deletion = deletable.look(id);
    try {
      deletable.delete(id, version);
    } catch (RuleException refusal) {
      return page(kind, id, HttpStatus.CONFLICT).addObject("problem", refusal.getMessage());
    }
    return Forms.done(next, deletion.name() + " is deleted.", deletable.path());
  }

  private ModelAndView page(String kind, long id, HttpStatusCode status) {
    Deletable deletable = deletable(kind, id);
    Deletable.Deletion deletion = deletable.look(id);
    ModelAndView page = new ModelAndView("delete");
    page.setStatus(status);
    return page.addObject("deletion", deletion)
        .addObject("title", "Delete " + deletion.name())
        .addObject("listed", kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1))
        .addObject("path", deletable.path())
        .addObject("id", id);
  }

  private Deletable deletable(String kind, long id) {
    return kinds.stream()
        .filter(one -> one.path().equals("/" + kind))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("page to delete", id));
  }
}
