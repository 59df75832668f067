package dev.migrate.goal;

import dev.migrate.scratch.EmbeddedServer;
import dev.migrate.target.Target;
import java.util.Optional;

/**
 * A target database, and the lease of the embedded server if it lives there; closing gives it back.
 *
 * @param target the database
 * @param lease to be given back when the goal is done
 */
record OpenTarget(Target target, Optional<EmbeddedServer.Lease> lease) implements AutoCloseable {
  @Override
  public void close() {
    lease.ifPresent(EmbeddedServer.Lease::close);
  }

  @Override
  public String toString() {
    return target + " (" + target.origin() + ")";
  }
}
