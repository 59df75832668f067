package ${package}.config;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;

/** Tells the database who is at work, for the audit trail, in each transaction that may write. */
@Component
class SigningTransactionManager extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;

  SigningTransactionManager(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  protected void prepareTransactionalConnection(
      Connection connection, TransactionDefinition definition) throws SQLException {
    super.prepareTransactionalConnection(connection, definition);
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || definition.isReadOnly()) {
      return;
    }
    // "true": until the end of the transaction, whatever the pool does with the connection then.
    try (PreparedStatement sign =
        connection.prepareStatement("select set_config('app.user', ?, true)")) {
      sign.setString(1, who.getName());
      sign.execute();
    }
  }
}
