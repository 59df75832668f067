package ${package}.page;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Tells every page who is logged in, and whether to offer changes. Whether a change is allowed is
 * asked again when it comes.
 */
@ControllerAdvice(annotations = PageController.class)
class SignedIn {
  private final RoleHierarchy roles;

  SignedIn(RoleHierarchy roles) {
    this.roles = roles;
  }

  /** The name; null where no login is required. */
  @ModelAttribute("signedIn")
  String name() {
    Authentication who = who();
    return who == null || who instanceof AnonymousAuthenticationToken ? null : who.getName();
  }

  @ModelAttribute("mayEdit")
  boolean mayEdit() {
    Authentication who = who();
    return who != null
        && roles.getReachableGrantedAuthorities(who.getAuthorities()).stream()
            .anyMatch(authority -> "ROLE_EDITOR".equals(authority.getAuthority()));
  }

  private static Authentication who() {
    return SecurityContextHolder.getContext().getAuthentication();
  }
}
