package ${package}.config;

import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks a name and a password. A name that nobody has takes as long as one that somebody has: the
 * password is compared with the hash of another, whatever comes of it.
 */
final class GuardedLogin implements AuthenticationProvider {
  private final UserDetailsService users;
  private final List<String> names;
  private final PasswordEncoder passwords;
  private final LoginGuard guard;

  /**
   * @param names those of all users
   */
  GuardedLogin(
      UserDetailsService users, List<String> names, PasswordEncoder passwords, LoginGuard guard) {
    this.users = users;
    this.names = List.copyOf(names);
    this.passwords = passwords;
    this.guard = guard;
  }

  @Override
  public Authentication authenticate(Authentication asked) {
    String name = asked.getName();
    String address =
        asked.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
    String password = String.valueOf(asked.getCredentials());
    guard.begin(name, address);
    UserDetails user;
    try {
      user = users.loadUserByUsername(name);
    } catch (UsernameNotFoundException e) {
      if (!names.isEmpty()) {
        passwords.matches(password, somebodys(name).getPassword());
      }
      throw new BadCredentialsException("The name or the password is wrong.");
    }
    if (!passwords.matches(password, user.getPassword())) {
      throw new BadCredentialsException("The name or the password is wrong.");
    }
    guard.succeeded(name, address);
    UsernamePasswordAuthenticationToken known =
        UsernamePasswordAuthenticationToken.authenticated(
            User.withUserDetails(user).password("").build(), null, user.getAuthorities());
    known.setDetails(asked.getDetails());
    return known;
  }

  /** The same one for the same name: hashes of different users may take differently long. */
  private UserDetails somebodys(String name) {
    return users.loadUserByUsername(names.get(Math.floorMod(name.hashCode(), names.size())));
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
