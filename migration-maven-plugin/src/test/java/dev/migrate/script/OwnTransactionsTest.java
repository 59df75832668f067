package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A script that ends its transaction")
class OwnTransactionsTest {
  @ParameterizedTest
  @DisplayName("is known by a statement that does")
  @ValueSource(
      strings = {
        "BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;",
        "begin transaction; select 1; end;",
        "start transaction isolation level serializable; select 1; commit work;",
        "select 1;\n/* so far */ COMMIT;\nselect 2",
        "select 1; rollback",
        "select 1; abort;",
        "select 1; prepare transaction 'x';"
      })
  void ends(String text) {
    assertThat(TransactionControl.in(text)).isTrue();
  }

  @ParameterizedTest
  @DisplayName(
      "is none whose functions, texts and comments speak of it, or which goes back to a savepoint")
  @ValueSource(
      strings = {
        "create procedure p() language plpgsql as $$ begin update a set x = 1; commit; end $$;",
        "create function f() returns int language plpgsql as $$\nBEGIN\n RETURN 1;\nEND;\n$$;",
        "create temp table t (id int) on commit drop;",
        "-- commit;\nselect 'commit;', $x$ rollback; $x$;",
        "savepoint a; rollback to a; rollback work to savepoint a;",
        "create function f() returns int begin atomic; select 1; end;"
      })
  void does(String text) {
    assertThat(TransactionControl.in(text)).isFalse();
  }
}
