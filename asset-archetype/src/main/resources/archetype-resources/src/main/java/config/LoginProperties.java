package ${package}.config;

import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may do what.
 *
 * @param required false lets everybody do everything as "developer": for a machine of one's own
 * @param users those who can log in
 */
@Validated
@ConfigurationProperties("app.login")
public record LoginProperties(
    @DefaultValue("true") boolean required, @DefaultValue List<User> users) {
  public LoginProperties {
    users = List.copyOf(users);
  }

  /**
   * @param password as Spring Security writes it, such as {bcrypt} and what follows
   * @param roles viewer reads, editor changes, operator also switches the standby mode
   */
  public record User(
      @NotBlank String name, @NotBlank String password, @DefaultValue("viewer") List<Role> roles) {
    public User {
      roles = List.copyOf(roles);
    }
  }

  /** What somebody may do. */
  public enum Role {
    VIEWER,
    EDITOR,
    OPERATOR
  }
}
