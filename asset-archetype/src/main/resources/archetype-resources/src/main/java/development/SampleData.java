package ${package}.development;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.CATEGORIES;
import static ${package}.database.Tables.LOCATIONS;
import static ${package}.database.Tables.PEOPLE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Something to look at: rows for an empty database, on a developer's machine only. They come after
 * the check of the schema and before the first request. They are no revision: production never gets
 * them.
 */
@Component
@Profile("dev")
class SampleData implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SampleData.class);
  private static final String SCRIPT = "sample-data.sql";

  private final DSLContext db;
  private final TransactionTemplate transaction;
  private boolean running;

  SampleData(DSLContext db, PlatformTransactionManager transactions) {
    this.db = db;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public void start() {
    running = true;
    transaction.executeWithoutResult(
        status -> {
          boolean empty =
              !db.fetchExists(ASSETS)
                  && !db.fetchExists(PEOPLE)
                  && !db.fetchExists(LOCATIONS)
                  && !db.fetchExists(CATEGORIES);
          if (empty) {
            db.execute(script());
            LOG.info("The database was empty; it now has sample data.");
          }
        });
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server, which begins last. */
  @Override
  public int getPhase() {
    return 0;
  }

  private static String script() {
    try {
      return new ClassPathResource(SCRIPT).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The sample data cannot be read.", e);
    }
  }
}
