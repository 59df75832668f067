package ${package}.config;

import ${package}.config.LoginProperties.Role;
import ${package}.failure.CannotStartException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.util.matcher.RegexRequestMatcher;

/**
 * Who may do what, and from where.
 *
 * <p>Pages have a session and a token against requests that other sites forge (CSRF). The API has
 * neither: it knows no session, so a cookie proves nothing there; and since a browser may add a
 * remembered password by itself, {@link CrossSiteFilter} refuses what another site has sent.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** The addresses of forms end in what they do; who may not do it need not fill them in. */
  private static final String FORMS =
      ".*/(new|edit|delete|check-out|complete)(/[^?]*)?([?].*)?";

  private final LoginProperties login;

  SecurityConfiguration(LoginProperties login) {
    this.login = login;
  }

  @Bean
  @Order(1)
  SecurityFilterChain operation(HttpSecurity http) throws Exception {
    http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                    .permitAll()
                    .anyRequest()
                    .hasRole(Role.OPERATOR.name()));
    return withoutSession(http).build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain api(HttpSecurity http) throws Exception {
    http.securityMatcher("/api/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.GET)
                    .hasRole(Role.VIEWER.name())
                    .anyRequest()
                    .hasRole(Role.EDITOR.name()));
    return withoutSession(http).build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers("/static/**", "/webjars/**", "/favicon.*", "/login")
                    .permitAll()
                    .requestMatchers(RegexRequestMatcher.regexMatcher(HttpMethod.GET, FORMS))
                    .hasRole(Role.EDITOR.name())
                    .requestMatchers(HttpMethod.GET)
                    .hasRole(Role.VIEWER.name())
                    .anyRequest()
                    .hasRole(Role.EDITOR.name()))
        .exceptionHandling(failures -> failures.accessDeniedHandler(this::refused))
        .headers(
            headers ->
                headers
                    .frameOptions(FrameOptionsConfig::deny)
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)));
    if (login.required()) {
      http.formLogin(
              form ->
                  form.loginPage("/login")
                      .failureHandler(
                          (request, response, failure) ->
                              response.sendRedirect(
                                  request.getContextPath()
                                      + (failure instanceof TooManyGuessesException
                                          ? "/login?error=wait"
                                          : "/login?error"))))
          .logout(Customizer.withDefaults());
    }
    return opened(http).build();
  }

  @Bean
  AuthenticationProvider guardedLogin(PasswordEncoder passwords) {
    if (login.required() && login.users().isEmpty()) {
      throw new CannotStartException(
          "A login is required, and app.login.users names nobody.",
          "Name users in the configuration, or set app.login.required to false.");
    }
    return new GuardedLogin(
        new InMemoryUserDetailsManager(login.users().stream().map(this::user).toList()),
        login.users().stream().map(LoginProperties.User::name).toList(),
        passwords,
        new LoginGuard(InstantSource.system()));
  }

  /** Any hash that Spring Security knows, such as {bcrypt}. */
  @Bean
  PasswordEncoder passwords() {
    return new RecentPasswords(PasswordEncoderFactories.createDelegatingPasswordEncoder());
  }

  @Bean
  static RoleHierarchy roleHierarchy() {
    return RoleHierarchyImpl.withDefaultRolePrefix()
        .role(Role.OPERATOR.name())
        .implies(Role.EDITOR.name())
        .role(Role.EDITOR.name())
        .implies(Role.VIEWER.name())
        .build();
  }

  private HttpSecurity withoutSession(HttpSecurity http) throws Exception {
    http.sessionManagement(
            sessions ->
                sessions
                    .sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                    // Else a request with a password would give the pages' session another id.
                    .sessionFixation(fixation -> fixation.none()))
        .csrf(csrf -> csrf.disable())
        .addFilterBefore(new CrossSiteFilter(), AuthorizationFilter.class)
        .httpBasic(basic -> basic.authenticationEntryPoint(this::ask));
    return opened(http);
  }

  /** Asks a program for its password, or to wait after too many wrong ones. */
  private void ask(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof TooManyGuessesException guesses) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(guesses.seconds()));
      response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
      return;
    }
    BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();
    basic.setRealmName("Asset tracker");
    basic.commence(request, response, failure);
  }

  /** The page says whether rights lack or the form is too old. */
  private void refused(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    request.setAttribute("formIsOld", denied instanceof CsrfException);
    response.sendError(HttpStatus.FORBIDDEN.value());
  }

  /** Without a login, whoever comes is the developer at this machine. */
  private HttpSecurity opened(HttpSecurity http) throws Exception {
    if (!login.required()) {
      http.anonymous(
          anonymous ->
              anonymous
                  .principal("developer")
                  .authorities(List.of(authority(Role.OPERATOR))));
    }
    return http;
  }

  private static GrantedAuthority authority(Role role) {
    return new SimpleGrantedAuthority("ROLE_" + role.name());
  }

  private UserDetails user(LoginProperties.User user) {
    return User.withUsername(user.name())
        .password(user.password())
        .roles(user.roles().stream().map(Role::name).toArray(String[]::new))
        .build();
  }
}
