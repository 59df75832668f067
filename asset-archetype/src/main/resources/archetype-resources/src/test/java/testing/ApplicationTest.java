package ${package}.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;

/**
 * A test of the whole application on a database at the head. All of them share one application, so a
 * test makes the rows that it needs, and counts on no others; "maria" may edit and "otto" may
 * operate, with the password "secret".
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "app.standby.file=target/test-standby",
      "server.forward-headers-strategy=native",
      "app.login.users[0].name=maria",
      "app.login.users[0].password={noop}secret",
      "app.login.users[0].roles=editor",
      "app.login.users[1].name=otto",
      "app.login.users[1].password={noop}secret",
      "app.login.users[1].roles=operator",
      "app.login.users[2].name=vera",
      "app.login.users[2].password={noop}secret",
      "app.login.users[2].roles=viewer",
      "app.login.users[3].name=gus",
      "app.login.users[3].password={noop}secret"
    })
@AutoConfigureMockMvc
@Import({DatabaseConfiguration.class, Sample.class, Pages.class})
public @interface ApplicationTest {}
