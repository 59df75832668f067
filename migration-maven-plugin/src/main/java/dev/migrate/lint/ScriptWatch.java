package dev.migrate.lint;

import dev.migrate.history.HistoryOptions;
import dev.migrate.lint.ScriptSource.Statement;
import dev.migrate.observe.Observation;
import dev.migrate.observe.TableWatch;
import dev.migrate.parser.ParseResult;
import dev.migrate.parser.RoutineBody;
import dev.migrate.parser.SyntaxNode;
import dev.migrate.plan.online.PartitionedIndex;
import dev.migrate.replay.MissingPrerequisite;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one script on a scratch database as an upgrade would, statement by statement, observes its
 * locks and lets the rules look at each. A statement outside the script's transaction gets one of
 * its own where it may have one, since locks are only seen from inside.
 */
final class ScriptWatch {

  private static final Pattern ENDS_TRANSACTION = Pattern.compile("(?i)\\b(commit|rollback)\\b");

  private final ScriptSource source;
  private final Connection connection;
  private final HistoryOptions options;
  private final ScratchWorkspace workspace;
  private final SqlGrammar grammar;
  private final TableWatch watch;
  private final ScriptState past;
  private final List<StatementCheck> checks;
  private final CalledFunctions calls;

  private Findings findings;
  private List<NotChecked> notChecked;
  private int watched;
  private int silentUntil;

  ScriptWatch(
      ScriptSource source,
      Connection connection,
      HistoryOptions options,
      ScratchWorkspace workspace,
      SqlGrammar grammar,
      TableWatch watch,
      ScriptState past) {
    this.source = source;
    this.connection = connection;
    this.options = options;
    this.workspace = workspace;
    this.grammar = grammar;
    this.watch = watch;
    this.past = past;
    this.calls = new CalledFunctions(connection);
    this.checks =
        List.of(
            new IndexChecks(),
            new TableChecks(),
            new RemovalChecks(source.transactional() ? created(source) : Set.of()),
            new RowChecks(),
            new ColumnChecks(),
            new WatchedChecks());
  }

  private static Set<String> created(ScriptSource source) {
    return source.statements().stream()
        .flatMap(statement -> statement.node().stream())
        .flatMap(
            node ->
                switch (node.kind()) {
                  case "ViewStmt" -> node.node("view").stream();
                  case "CreateStmt" -> node.node("relation").stream();
                  case "CreateTableAsStmt" ->
                      node.node("into").flatMap(into -> into.node("rel")).stream();
                  default -> Stream.<SyntaxNode>empty();
                })
        .map(relation -> relation.text("relname"))
        .collect(Collectors.toSet());
  }

  Findings findings() {
    return findings;
  }

  List<NotChecked> notChecked() {
    return notChecked;
  }

  int watched() {
    return watched;
  }

  /**
   * Runs the script, again from the start when a role had to be made for it.
   *
   * @return whether it ran to its end
   * @throws SQLException when the connection is lost
   */
  boolean run() throws SQLException {
    while (true) {
      boolean together = begin();
      Attempt attempt = attempt(together);
      switch (attempt) {
        case DONE -> {
          return true;
        }
        case FAILED -> {
          return false;
        }
        case ONE_BY_ONE -> {
          return attempt(false) == Attempt.DONE;
        }
        case AGAIN -> watch.refresh();
      }
    }
  }

  private enum Attempt {
    DONE,
    FAILED,
    AGAIN,
    ONE_BY_ONE
  }

  /** What is wrong about transactions is wrong before anything runs. */
  private boolean begin() {
    findings = new Findings(source);
    notChecked = new ArrayList<>();
    watched = 0;
    silentUntil = 0;
    past.newScript(source.text().contains("indisvalid"));
    return new TransactionRules(source, findings).together();
  }

  private Attempt attempt(boolean together) throws SQLException {
    ScratchWorkspace.enter(connection, options);
    List<Statement> statements = source.statements();
    try {
      connection.setAutoCommit(!together);
      for (int at = 0; at < statements.size(); at++) {
        Statement statement = statements.get(at);
        try {
          if (at < silentUntil) {
            statement.runnable().run(connection);
          } else {
            step(statement, together);
          }
        } catch (SQLException e) {
          rollback();
          return refused(statements, at, together, e);
        }
      }
      if (together) {
        connection.commit();
      }
      return Attempt.DONE;
    } finally {
      rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Also of a transaction that the script has opened itself and left open. */
  private void rollback() throws SQLException {
    if (connection.getAutoCommit()) {
      if (past.explicitTransaction()) {
        Queries.execute(connection, "ROLLBACK");
        past.explicitTransaction(false);
      }
    } else {
      connection.rollback();
    }
  }

  private Attempt refused(List<Statement> statements, int at, boolean together, SQLException e)
      throws SQLException {
    Statement statement = statements.get(at);
    if (PostgresError.isConnectionLost(e)) {
      throw e;
    }
    if (workspace.createsMissingRole(e)) {
      return Attempt.AGAIN;
    }
    watch.refresh();
    if (together && SqlState.UNSAFE_NEW_ENUM_VALUE.is(e)) {
      findings.add(Rule.ENUM_VALUE_IN_SAME_TRANSACTION, statement, "");
      past.newTransaction();
      silentUntil = at;
      return Attempt.ONE_BY_ONE;
    }
    Optional<Rule> impossible = partitionedRule(statement);
    if (impossible.isPresent()) {
      findings.add(impossible.get(), statement, "");
    } else if (SqlState.ACTIVE_TRANSACTION.is(e)) {
      findings.add(Rule.CONCURRENTLY_IN_TRANSACTION, statement, "");
    } else {
      String said = e.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
      String remedy = MissingPrerequisite.remedy(e).map(what -> ". " + what).orElse("");
      add(statement, "PostgreSQL refused it on scratch: " + said + remedy);
    }
    for (Statement rest : statements.subList(at + 1, statements.size())) {
      add(rest, "not reached, since a statement before it failed");
    }
    return Attempt.FAILED;
  }

  private Optional<Rule> partitionedRule(Statement statement) throws SQLException {
    if (statement.node().isEmpty()) {
      return Optional.empty();
    }
    SyntaxNode node = statement.node().get();
    return IndexChecks.refused(node, NameResolution.of(node, connection, watch));
  }

  private void add(Statement statement, String reason) {
    notChecked.add(new NotChecked(source.place(statement), reason, statement.firstLine()));
  }

  private void step(Statement statement, boolean together) throws SQLException {
    Optional<SyntaxNode> node = statement.node();
    boolean alone =
        !together
            && !past.explicitTransaction()
            && statement.runnable().transactional()
            && node.filter(ScriptWatch::mayBeWrapped).isPresent();
    boolean inside = together || alone || past.explicitTransaction();
    if (alone) {
      past.newTransaction();
      connection.setAutoCommit(false);
    }
    try {
      step(statement, node, inside);
      if (alone) {
        connection.commit();
      }
    } finally {
      if (alone) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    node.filter(one -> one.is("TransactionStmt")).ifPresent(this::track);
    if (node.filter(one -> one.is("VariableSetStmt")).isPresent()
        && node.get().text("name").equalsIgnoreCase("timezone")) {
      past.setsTimeZone();
    }
    if (node.filter(one -> one.is("DoStmt")).isPresent()
        && statement.runnable().sql().contains("indisvalid")) {
      past.looksForInvalid(statement.runnable().sql());
    }
  }

  private void step(Statement statement, Optional<SyntaxNode> node, boolean inside)
      throws SQLException {
    if (node.isEmpty()) {
      statement.runnable().run(connection);
      add(statement, unknown(statement.parsed()));
      return;
    }
    NameResolution relations = NameResolution.of(node.get(), connection, watch);
    CatalogContext around = CatalogContext.before(node.get(), connection);
    boolean lockTimeout = hasLockTimeout();
    boolean ends = node.get().is("TransactionStmt");
    if (inside) {
      watch.before();
    }
    statement.runnable().run(connection);
    Observation observed = inside && !ends ? watch.after(null) : null;
    if (observed == null) {
      watch.refresh();
    } else {
      watched++;
    }
    look(
        new LintedStatement(
            statement,
            node.get(),
            relations,
            observed,
            lockTimeout,
            around.after(node.get(), connection)));
    if (observed == null) {
      opaque(statement, node.get());
    }
  }

  private void look(LintedStatement subject) {
    findings.nextStatement();
    checks.forEach(check -> check.look(subject, past, findings));
  }

  private static boolean mayBeWrapped(SyntaxNode node) {
    return switch (node.kind()) {
      case "TransactionStmt", "CallStmt" -> false;
      case "DoStmt" -> !ENDS_TRANSACTION.matcher(node.toString()).find();
      default -> true;
    };
  }

  /** What runs transactions of its own is not watched, so its body must be readable at least. */
  private void opaque(Statement statement, SyntaxNode node) throws SQLException {
    if (node.is("CallStmt")) {
      add(statement, "a procedure outside a transaction can be neither read nor watched");
    } else if (PartitionedIndex.isCompletion(statement.runnable().sql())) {
      return; // ours: it makes the indexes of partitions that are not there on scratch
    } else if (node.is("DoStmt")) {
      Optional<RoutineBody> body = grammar.body(statement.runnable().sql());
      if (body.isEmpty()) {
        add(
            statement,
            "a block that ends transactions is not watched, and this one cannot be read");
      } else if (body.get().dynamic()) {
        add(
            statement,
            "a block that ends transactions is not watched, and this one runs what cannot be"
                + " read in it (EXECUTE or CALL)");
      } else {
        for (String sql : body.get().statements()) {
          inside(statement, grammar.parse(sql));
        }
      }
    }
  }

  private void inside(Statement block, ParseResult parsed) throws SQLException {
    Statement inner = block.with(parsed);
    if (inner.node().isEmpty()) {
      add(block, unknown(parsed));
      return;
    }
    for (String function : calls.of(inner.node().get())) {
      add(
          block,
          "a block that ends transactions is not watched, and this one calls %s, which can do anything"
              .formatted(function));
    }
    NameResolution relations = NameResolution.of(inner.node().get(), connection, watch);
    look(
        new LintedStatement(
            inner, inner.node().get(), relations, null, true, CatalogContext.NOTHING));
  }

  private static String unknown(ParseResult parsed) {
    return parsed instanceof ParseResult.Refused refused
        ? "the parser does not know it: " + refused.message()
        : "the parser does not take it for one statement";
  }

  private void track(SyntaxNode transaction) {
    switch (transaction.text("kind")) {
      case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> past.explicitTransaction(true);
      case "TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE" -> {
        past.explicitTransaction(false);
        past.newTransaction();
      }
      default -> {}
    }
  }

  private boolean hasLockTimeout() throws SQLException {
    return !Queries.text(connection, "select current_setting('lock_timeout')").equals("0");
  }
}
