package dev.migrate.backup;

import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/**
 * Introspects a schema inside a transaction that goes on afterwards; the introspector by itself
 * would end it.
 */
final class TransactionSchemaReader {
  private static final Set<String> ENDING = Set.of("setAutoCommit", "rollback", "commit", "close");

  private TransactionSchemaReader() {}

  /**
   * @param connection in a transaction of isolation level repeatable read, which can only read
   *     afterwards
   */
  static Schema read(Connection connection, Scope scope) {
    Connection shared =
        (Connection)
            Proxy.newProxyInstance(
                TransactionSchemaReader.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (ENDING.contains(method.getName())) {
                    return null;
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Introspector(scope).read(shared);
  }
}
