package dev.migrate.parser;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ImportSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Binding to libpg_query, PostgreSQL's parser compiled to WebAssembly: loads the module and calls
 * its functions. Emscripten has given its imports and exports single letters; the tables here say
 * what they are, and hold for exactly the module that lies beside this class.
 */
final class PgQuery {
  private static final String RESOURCE = "libpg_query.wasm";
  private static final int PAGE = 65_536;

  /** What calls through the function table and catches PostgreSQL's longjmp on the way. */
  private static final Set<String> GUARDED_CALLS =
      Set.of("g", "b", "a", "d", "k", "l", "e", "f", "h", "j", "i", "y", "n");

  private static final String THROW_LONGJMP = "p";
  private static final String RESIZE_HEAP = "q";

  /** What a parser has no business with: files, timers, the end of the process. */
  private static final Map<String, String> FORBIDDEN =
      Map.ofEntries(
          Map.entry("c", "assert_fail"),
          Map.entry("x", "abort"),
          Map.entry("w", "runtime_keepalive_clear"),
          Map.entry("o", "setitimer"),
          Map.entry("m", "exit"),
          Map.entry("u", "fd_close"),
          Map.entry("r", "fd_read"),
          Map.entry("s", "fd_seek"),
          Map.entry("t", "fd_write"),
          Map.entry("v", "proc_exit"));

  private final Memory memory;
  private final ExportFunction malloc;
  private final ExportFunction free;
  private final ExportFunction parse;
  private final ExportFunction freeResult;
  private final ExportFunction parsePlpgsql;
  private final ExportFunction freeString;
  private final ExportFunction setThrew;
  private final ExportFunction restoreStack;
  private final ExportFunction currentStack;

  private PgQuery(WasmModule module) {
    ImportSection imports = module.importSection();
    ImportFunction[] functions = new ImportFunction[imports.importCount()];
    for (int i = 0; i < functions.length; i++) {
      FunctionImport one = (FunctionImport) imports.getImport(i);
      FunctionType type = module.typeSection().getType(one.typeIndex());
      functions[i] =
          new HostFunction(
              one.module(), one.name(), type, host(one.name(), !type.returns().isEmpty()));
    }
    Instance instance =
        Instance.builder(module)
            .withImportValues(ImportValues.builder().addFunction(functions).build())
            .withStart(false)
            .build();
    memory = instance.memory();
    malloc = instance.export("C");
    free = instance.export("E");
    parse = instance.export("F");
    freeResult = instance.export("G");
    parsePlpgsql = instance.export("H");
    freeString = instance.export("N");
    setThrew = instance.export("P");
    restoreStack = instance.export("Q");
    currentStack = instance.export("R");
    instance.export("A").apply();
  }

  static PgQuery open() {
    return new PgQuery(Holder.MODULE);
  }

  /**
   * @param tree the parse tree as JSON, or null
   * @param message why there is none, or null
   * @param position where, in characters from 1
   */
  record Answer(String tree, String message, int position) {}

  Answer parse(String sql) {
    int text = given(sql);
    int result = (int) parse.apply(text)[0];
    int error = memory.readInt(result + 8);
    Answer answer =
        error == 0
            ? new Answer(memory.readCString(memory.readInt(result)), null, 0)
            : new Answer(
                null, memory.readCString(memory.readInt(error)), memory.readInt(error + 16));
    free.apply(text);
    freeResult.apply(result);
    return answer;
  }

  /**
   * @param sql a DO statement or a CREATE FUNCTION in PL/pgSQL
   * @return the tree of its body as JSON, or an error message
   */
  String parsePlpgsql(String sql) {
    int text = given(sql);
    int result = (int) parsePlpgsql.apply(text)[0];
    String answer = memory.readCString(result);
    free.apply(text);
    freeString.apply(result);
    return answer;
  }

  private int given(String sql) {
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    int text = (int) malloc.apply(bytes.length + 1L)[0];
    memory.write(text, bytes);
    memory.writeByte(text + bytes.length, (byte) 0);
    return text;
  }

  private WasmFunctionHandle host(String name, boolean returns) {
    if (GUARDED_CALLS.contains(name)) {
      return (instance, arguments) -> guarded(instance, arguments, returns);
    }
    return switch (name) {
      case THROW_LONGJMP ->
          (instance, arguments) -> {
            throw new LongJump();
          };
      case RESIZE_HEAP -> (instance, arguments) -> new long[] {grow((int) arguments[0])};
      default ->
          (instance, arguments) -> {
            throw new ChicoryException("the parser called " + FORBIDDEN.get(name));
          };
    };
  }

  private long[] guarded(Instance instance, long[] arguments, boolean returns) {
    long stack = currentStack.apply()[0];
    try {
      int function = instance.table(0).requiredRef((int) arguments[0]);
      return instance
          .getMachine()
          .call(function, Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (LongJump jump) {
      restoreStack.apply(stack);
      setThrew.apply(1, 0);
      return returns ? new long[] {0} : new long[0];
    }
  }

  private long grow(int bytes) {
    int pages = (int) ((Integer.toUnsignedLong(bytes) + PAGE - 1) / PAGE);
    return memory.grow(pages - memory.pages()) < 0 ? 0 : 1;
  }

  /** PostgreSQL's way out of an error, until the guarded call that waits for it. */
  private static final class LongJump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LongJump() {
      super(null, null, false, false);
    }
  }

  /** Read once for the whole process: that takes a second. */
  private static final class Holder {
    static final WasmModule MODULE = read();

    private static WasmModule read() {
      try (InputStream in = PgQuery.class.getResourceAsStream(RESOURCE)) {
        return Parser.parse(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
