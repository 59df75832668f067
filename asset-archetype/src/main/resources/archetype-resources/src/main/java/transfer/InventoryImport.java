package ${package}.transfer;

import ${package}.category.CategoryService;
import ${package}.failure.Constraints;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.location.LocationService;
import ${package}.page.Typed;
import ${package}.person.PersonService;
import ${package}.transfer.ImportReport.Effect;
import ${package}.transfer.ImportReport.Problem;
import ${package}.transfer.Sheet.Change;
import jakarta.validation.Validator;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jooq.DSLContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the inventory, or one file of it: what is not known yet is added, what is known is changed,
 * and columns that a file does not have stay as they are. All lines are stored, or none.
 *
 * <p>A preview stores everything, too, and then takes it back: so the database has looked at each
 * line, and what the preview says is what happens.
 */
@Service
public class InventoryImport {
  private static final int MOST_PROBLEMS = 200;
  private static final int LINES_SHOWN = 50;
  private static final int MOST_LINES = 200_000;
  private static final int LONGEST_COLUMN = 60;
  private static final String NOT_UTF_8 =
      "The file is not in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.";

  private final DSLContext db;
  private final List<Sheet<?>> sheets;
  private final CategoryService categories;
  private final LocationService locations;
  private final PersonService people;
  private final Validator validator;
  private final TransactionTemplate whole;
  private final TransactionTemplate part;

  InventoryImport(
      DSLContext db,
      List<Sheet<?>> sheets,
      CategoryService categories,
      LocationService locations,
      PersonService people,
      Validator validator,
      PlatformTransactionManager transactions) {
    this.db = db;
    this.sheets = List.copyOf(sheets);
    this.categories = categories;
    this.locations = locations;
    this.people = people;
    this.validator = validator;
    this.whole = new TransactionTemplate(transactions);
    this.part = new TransactionTemplate(transactions);
    this.part.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /**
   * What {@code run} would do now. Nothing is stored.
   *
   * @param make whether categories, places and people that lines speak of are made if nobody knows
   *     them
   * @param meanwhile runs again and again; what it throws ends the preview
   */
  public ImportReport preview(Path file, boolean make, Runnable meanwhile) {
    return run(file, make, meanwhile, false);
  }

  /** Stores all lines; if there is a problem with one of them, none. */
  public ImportReport run(Path file, boolean make) {
    return run(file, make, () -> {}, true);
  }

  private ImportReport run(Path file, boolean make, Runnable meanwhile, boolean store) {
    return whole.execute(
        transaction -> {
          Run run =
              new Run(
                  new References(db, categories, locations, people, validator, make, part),
                  meanwhile);
          run.all(file);
          ImportReport report = run.report();
          if (!store || !report.isRight()) {
            transaction.setRollbackOnly();
          }
          return report;
        });
  }

  /** One import. */
  private final class Run {
    private final References names;
    private final Runnable meanwhile;
    private final Map<String, Map<Effect, Integer>> counts = new LinkedHashMap<>();
    private final List<ImportReport.Line> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Run(References names, Runnable meanwhile) {
      this.names = names;
      this.meanwhile = meanwhile;
    }

    ImportReport report() {
      names
          .made()
          .forEach((file, number) -> count(file).merge(Effect.ADDED, number, Integer::sum));
      return new ImportReport(counts, lines, problems, names.missing());
    }

    private Map<Effect, Integer> count(String file) {
      return counts.computeIfAbsent(file, key -> new EnumMap<>(Effect.class));
    }

    void all(Path file) {
      try (InputStream content = Files.newInputStream(file)) {
        byte[] begin = content.readNBytes(2);
        if (begin.length == 2 && begin[0] == 'P' && begin[1] == 'K') {
          archive(file);
          return;
        }
      } catch (ZipException | EOFException e) {
        problem("", 1, "", "This is no ZIP file that can be read.");
        return;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      one("", file);
    }

    private void one(String name, Path file) {
      try (InputStream content = Files.newInputStream(file)) {
        lines(name, content, Optional.empty());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** Each file in the order in which they need one another. */
    private void archive(Path file) throws IOException {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        Map<String, ZipEntry> entries = new HashMap<>();
        zip.stream()
            .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("__MACOSX/"))
            .forEach(
                entry -> {
                  String name = entry.getName().replaceFirst("(?s).*/", "");
                  if (entries.putIfAbsent(name, entry) != null) {
                    problem(name, 1, "", "This file is in the ZIP twice.");
                  }
                });
        for (Sheet<?> sheet : sheets) {
          ZipEntry entry = entries.remove(sheet.name() + ".csv");
          if (entry != null) {
            try (InputStream content = zip.getInputStream(entry)) {
              lines(sheet.name(), content, Optional.of(sheet));
            }
          }
        }
        entries
            .keySet()
            .forEach(
                other ->
                    problem(
                        other,
                        1,
                        "",
                        "There is no such file in an inventory. Use: "
                            + sheets.stream()
                                .map(sheet -> sheet.name() + ".csv")
                                .collect(Collectors.joining(", "))
                            + "."));
      }
    }

    /**
     * @param expected what the file is by its name; else its columns say it
     */
    private void lines(String file, InputStream content, Optional<Sheet<?>> expected)
        throws IOException {
      // A decoder of one's own refuses what is no UTF-8; the usual one replaces it.
      Reader reader = new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder());
      try {
        Csv.Lines csv = Csv.read(reader);
        Csv.Line heading = csv.next();
        if (heading == null) {
          problem(file, 1, "", "The file needs a line of names and at least one more.");
          return;
        }
        List<String> columns =
            heading.fields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT).replace(' ', '_'))
                .toList();
        if (columns.stream().anyMatch(name -> name.indexOf('\0') >= 0)) {
          problem(file, 1, "", NOT_UTF_8);
          return;
        }
        Sheet<?> sheet = expected.orElseGet(() -> sheetOf(columns));
        if (right(sheet, heading, columns)) {
          boolean any = rows(sheet, columns, csv);
          if (!any && expected.isEmpty()) {
            problem(file, 1, "", "The file needs a line of names and at least one more.");
          }
        }
      } catch (Csv.FormatException e) {
        problem(file, e.line(), "", e.getMessage());
      } catch (CharacterCodingException e) {
        problem(file, 1, "", NOT_UTF_8);
      }
    }

    private Sheet<?> sheetOf(List<String> columns) {
      return sheets.stream()
          .filter(sheet -> columns.containsAll(sheet.key()))
          .filter(sheet -> sheet.columns().containsAll(columns))
          .findFirst()
          .or(() -> sheets.stream().filter(sheet -> columns.containsAll(sheet.key())).findFirst())
          .orElseGet(
              () ->
                  sheets.stream()
                      .filter(sheet -> sheet.name().equals("assets"))
                      .findFirst()
                      .orElseThrow());
    }

    private boolean right(Sheet<?> sheet, Csv.Line heading, List<String> columns) {
      int before = problems.size();
      Set<String> found = new HashSet<>();
      List<String> unknown = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        if (!sheet.columns().contains(columns.get(i))) {
          unknown.add(heading.fields().get(i));
        } else if (!found.add(columns.get(i))) {
          problem(
              sheet.name(),
              heading.number(),
              heading.fields().get(i),
              "This column is there twice.");
        }
      }
      if (!unknown.isEmpty()) {
        String names = String.join(", ", unknown);
        problem(
            sheet.name(),
            heading.number(),
            names.length() > LONGEST_COLUMN ? names.substring(0, LONGEST_COLUMN) + "…" : names,
            (unknown.size() == 1 ? "There is no such column." : "There are no such columns.")
                + " Use: "
                + String.join(", ", sheet.columns())
                + ".");
      }
      if (problems.size() == before) {
        sheet.key().stream()
            .filter(key -> !found.contains(key))
            .sorted()
            .forEach(
                key ->
                    problem(sheet.name(), heading.number(), key, "This column has to be there."));
      }
      return problems.size() == before;
    }

    /** Whether there are any. */
    private <T> boolean rows(Sheet<T> sheet, List<String> columns, Csv.Lines csv)
        throws IOException, Csv.FormatException {
      Set<Object> seen = new HashSet<>();
      List<Row> batch = new ArrayList<>();
      boolean any = false;
      for (Csv.Line line = csv.next(); line != null; line = csv.next()) {
        any = true;
        if (line.number() > MOST_LINES) {
          problem(
              sheet.name(),
              line.number(),
              "",
              "The file has more than 200,000 lines: import them in several files.");
          return true;
        }
        if (problems.size() >= MOST_PROBLEMS) {
          problem(sheet.name(), line.number(), "", "From here on nothing was looked at.");
          return true;
        }
        if (line.fields().size() > columns.size()) {
          problem(
              sheet.name(), line.number(), "", "This line has more fields than the first one.");
          continue;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          values.put(
              columns.get(i),
              i < line.fields().size() ? Typed.text(line.fields().get(i)) : "");
        }
        batch.add(new Row(line.number(), values));
        if (batch.size() == sheet.batch()) {
          store(sheet, batch, seen);
          batch.clear();
        }
      }
      store(sheet, batch, seen);
      if (sheet instanceof PersonSheet) {
        names.lookAtPeople();
      }
      return any;
    }

    private <T> void store(Sheet<T> sheet, List<Row> batch, Set<Object> seen) {
      meanwhile.run();
      List<Change<T>> changes = sheet.read(batch, names, seen);
      List<Change<T>> right = changes.stream().filter(change -> change.row().isRight()).toList();
      store(
          sheet, right.stream().filter(change -> change.effect() != Effect.UNCHANGED).toList());
      for (Row row : batch) {
        row.forEachError((column, message) -> problem(sheet.name(), row.number(), column, message));
      }
      for (Change<T> change : right) {
        if (change.row().isRight()) {
          count(sheet.name()).merge(change.effect(), 1, Integer::sum);
          if (lines.size() < LINES_SHOWN) {
            lines.add(
                new ImportReport.Line(
                    sheet.name(), change.row().number(), change.name(), change.effect()));
          }
        }
      }
    }

    /** A failure takes back these lines and not those before; halves find the one that is wrong. */
    private <T> void store(Sheet<T> sheet, List<Change<T>> changes) {
      if (changes.isEmpty() || problems.size() >= MOST_PROBLEMS) {
        return;
      }
      try {
        part.executeWithoutResult(
            transaction ->
                Constraints.checked(
                    sheet.rules(),
                    () -> {
                      sheet.store(changes.stream().map(Change::value).toList());
                      return null;
                    }));
      } catch (RuleException
          | NotFoundException
          | StaleVersionException
          | DataIntegrityViolationException refusal) {
        if (changes.size() == 1) {
          changes
              .get(0)
              .row()
              .refused(
                  refusal instanceof RuleException rule
                      ? rule
                      : new RuleException(
                          "Somebody else has changed, or deleted, what this line speaks of."));
          return;
        }
        int half = changes.size() / 2;
        store(sheet, changes.subList(0, half));
        store(sheet, changes.subList(half, changes.size()));
      }
    }

    private void problem(String file, int line, String column, String message) {
      problems.add(new Problem(file, line, column, message));
    }
  }
}
