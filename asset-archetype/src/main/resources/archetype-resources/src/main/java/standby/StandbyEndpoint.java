package ${package}.standby;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/** /actuator/standby: GET asks, POST switches on (with a message, if you like), DELETE off. */
@Component
@Endpoint(id = "standby")
class StandbyEndpoint {
  private final Standby standby;

  StandbyEndpoint(Standby standby) {
    this.standby = standby;
  }

  record State(boolean standby, String message) {}

  @ReadOperation
  State read() {
    return new State(standby.isOn(), standby.message());
  }

  @WriteOperation
  State on(@Nullable String message) {
    standby.on(message);
    return read();
  }

  @DeleteOperation
  State off() {
    standby.off();
    return read();
  }
}
