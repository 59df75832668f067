package dev.migrate.goal;

import dev.migrate.scratch.EmbeddedServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenExecutionRequest;

/**
 * Keeps the embedded servers that a goal bound to a phase has started, and stops them at the end of
 * the build. Whether the build goes well, fails or is killed, and whichever phase it ends with,
 * none of them outlives it, unless somebody else uses it.
 */
final class BuildServers {
  private static final Map<EmbeddedServer.Place, EmbeddedServer.Lease> LEASES =
      new ConcurrentHashMap<>();

  private BuildServers() {}

  /**
   * Uses a server until the build ends. A process that does not end with its build, such as an IDE,
   * uses it until the next build of the same project takes over.
   *
   * @param server the server, started if it does not run
   * @return the use
   */
  static EmbeddedServer.Lease use(EmbeddedServer server, MavenExecutionRequest build) {
    EmbeddedServer.Lease lease = server.acquire(EmbeddedServer.DEFAULT_DATABASE);
    EmbeddedServer.Lease former = LEASES.put(server.place(), lease);
    if (former != null) {
      former.close();
    }
    build.setExecutionListener(
        endingWith(build.getExecutionListener(), () -> end(server), server.place()));
    return lease;
  }

  /**
   * Ends the use of a server by builds of this process.
   *
   * @return whether there was one
   */
  static boolean end(EmbeddedServer server) {
    Optional<EmbeddedServer.Lease> lease = Optional.ofNullable(LEASES.remove(server.place()));
    lease.ifPresent(EmbeddedServer.Lease::close);
    return lease.isPresent();
  }

  /** The same listener, which also ends a use at the end of the build. */
  private static ExecutionListener endingWith(
      ExecutionListener listener, Runnable end, EmbeddedServer.Place place) {
    return (ExecutionListener)
        Proxy.newProxyInstance(
            BuildServers.class.getClassLoader(),
            new Class<?>[] {ExecutionListener.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "The end of the use of " + place;
                };
              }
              if (method.getName().equals("sessionEnded")) {
                end.run();
              }
              if (listener == null) {
                return null;
              }
              try {
                return method.invoke(listener, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
