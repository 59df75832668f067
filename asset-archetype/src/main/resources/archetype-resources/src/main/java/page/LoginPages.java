package ${package}.page;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form to log in; what it sends is read by Spring Security. */
@PageController
class LoginPages {
  @GetMapping("/login")
  String ask(
      @RequestParam(required = false) String error,
      @RequestParam(required = false) String logout,
      Model model) {
    model.addAttribute("wait", "wait".equals(error));
    model.addAttribute("wrong", error != null && !"wait".equals(error));
    model.addAttribute("left", logout != null);
    return "login";
  }
}
