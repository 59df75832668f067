package ${package}.transfer;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetForm;
import ${package}.asset.AssetService;
import ${package}.category.CategoryService;
import ${package}.failure.RuleException;
import ${package}.location.Location;
import ${package}.location.LocationService;
import ${package}.page.Typed;
import ${package}.transfer.ImportReport.Effect;
import ${package}.transfer.ImportReport.Problem;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Reads assets from a file: a line with a new tag adds an asset, one with a known tag changes it,
 * and columns that the file does not have stay as they are. All lines are stored, or none.
 *
 * <p>A preview stores everything, too, and then takes it back: so the database has looked at each
 * line, and what the preview says is what happens.
 */
@Service
public class AssetImport {
  static final int MOST_LINES = 5000;
  private static final int MOST_PROBLEMS = 200;

  private final AssetService assets;
  private final CategoryService categories;
  private final LocationService locations;
  private final Validator validator;
  private final TransactionTemplate whole;
  private final TransactionTemplate oneLine;

  AssetImport(
      AssetService assets,
      CategoryService categories,
      LocationService locations,
      Validator validator,
      PlatformTransactionManager transactions) {
    this.assets = assets;
    this.categories = categories;
    this.locations = locations;
    this.validator = validator;
    this.whole = new TransactionTemplate(transactions);
    this.oneLine = new TransactionTemplate(transactions);
    this.oneLine.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** What {@code run} would do now. Nothing is stored. */
  public ImportReport preview(String text) {
    return run(text, false);
  }

  /** Stores all lines; if there is a problem with one of them, none. */
  public ImportReport run(String text) {
    return run(text, true);
  }

  private ImportReport run(String text, boolean store) {
    List<Csv.Line> lines;
    try {
      lines = Csv.read(text);
    } catch (Csv.FormatException e) {
      return failed(new Problem(e.line(), "", e.getMessage()));
    }
    if (lines.size() < 2) {
      return failed(new Problem(1, "", "The file needs a line of names and at least one more."));
    }
    if (lines.size() - 1 > MOST_LINES) {
      return failed(new Problem(1, "", "Import at most " + MOST_LINES + " assets at a time."));
    }
    List<Problem> problems = new ArrayList<>();
    List<String> columns = columns(lines.get(0), problems);
    if (!problems.isEmpty()) {
      return new ImportReport(List.of(), problems);
    }
    return whole.execute(
        transaction -> {
          ImportReport report = new Run(columns).all(lines.subList(1, lines.size()));
          if (!store || !report.isRight()) {
            transaction.setRollbackOnly();
          }
          return report;
        });
  }

  private static ImportReport failed(Problem problem) {
    return new ImportReport(List.of(), List.of(problem));
  }

  private static List<String> columns(Csv.Line heading, List<Problem> problems) {
    List<String> columns = new ArrayList<>();
    for (String name : heading.fields()) {
      Optional<String> column = AssetColumns.named(name);
      if (column.isEmpty()) {
        problems.add(
            new Problem(
                heading.number(),
                name,
                "There is no such column. Use: " + String.join(", ", AssetColumns.NAMES) + "."));
      } else if (columns.contains(column.get())) {
        problems.add(new Problem(heading.number(), name, "This column is there twice."));
      }
      columns.add(column.orElse(name));
    }
    if (problems.isEmpty() && !columns.contains("tag")) {
      problems.add(new Problem(heading.number(), "tag", "This column has to be there."));
    }
    return columns;
  }

  /** One import: it remembers the names of places and categories, and the tags it has seen. */
  private final class Run {
    private final List<String> columns;
    private final Map<String, Long> categoryIds = new HashMap<>();
    private final Map<String, Long> locationIds = new HashMap<>();
    private final Set<String> tags = new HashSet<>();
    private final List<ImportReport.Line> done = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Run(List<String> columns) {
      this.columns = columns;
      categories.list().forEach(one -> categoryIds.put(key(one.name()), one.id()));
      List<Location> places = locations.list();
      Map<String, Long> named =
          places.stream().collect(Collectors.groupingBy(p -> key(p.name()), Collectors.counting()));
      for (Location place : places) {
        if (named.get(key(place.name())) == 1) {
          locationIds.put(key(place.name()), place.id());
        }
      }
      places.forEach(place -> locationIds.put(key(place.path()), place.id()));
    }

    ImportReport all(List<Csv.Line> lines) {
      for (Csv.Line line : lines) {
        if (problems.size() >= MOST_PROBLEMS) {
          problems.add(new Problem(line.number(), "", "From here on nothing was looked at."));
          break;
        }
        one(line);
      }
      return new ImportReport(done, problems);
    }

    private void one(Csv.Line line) {
      if (line.fields().size() > columns.size()) {
        problems.add(
            new Problem(line.number(), "", "This line has more fields than the first one."));
        return;
      }
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < line.fields().size(); i++) {
        values.put(columns.get(i), Typed.text(line.fields().get(i)));
      }
      String tag = values.getOrDefault("tag", "").strip();
      if (!tag.isEmpty() && !tags.add(tag)) {
        problems.add(new Problem(line.number(), "tag", "This tag is in the file twice."));
        return;
      }
      Optional<Asset> known = assets.findByTag(tag);
      AssetForm form = form(known, values);
      BindingResult errors = new BeanPropertyBindingResult(form, "form");
      Typed typed = new Typed(errors);
      named(values, "category", categoryIds, "There is no category of this name.", errors);
      named(values, "location", locationIds, "There is no place of this name.", errors);
      AssetDraft draft = form.read(typed);
      typed.check(draft, validator);
      if (!errors.hasErrors()) {
        try {
          done.add(store(line, known, draft));
        } catch (RuleException refusal) {
          typed.refused(refusal, AssetForm.class);
        }
      }
      for (ObjectError error : errors.getAllErrors()) {
        String column = error instanceof FieldError field ? AssetColumns.of(field.getField()) : "";
        problems.add(new Problem(line.number(), column, error.getDefaultMessage()));
      }
    }

    /** What the asset is, with what the line says over it. */
    private AssetForm form(Optional<Asset> known, Map<String, String> values) {
      AssetForm base = known.map(asset -> AssetForm.of(asset.draft())).orElseGet(AssetForm::empty);
      return new AssetForm(
          values.getOrDefault("tag", base.tag()),
          values.getOrDefault("name", base.name()),
          values.getOrDefault("serial_number", base.serialNumber()),
          status(values.getOrDefault("status", base.status())),
          id(values, "category", categoryIds, base.categoryId()),
          id(values, "location", locationIds, base.locationId()),
          values.getOrDefault("purchased_on", base.purchasedOn()),
          values.getOrDefault("purchase_price", base.purchasePrice()),
          values.getOrDefault("warranty_until", base.warrantyUntil()),
          values.getOrDefault("attributes", base.attributes()));
    }

    /** "In stock" is the same as in_stock. */
    private String status(String text) {
      return text.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private String id(
        Map<String, String> values, String column, Map<String, Long> ids, String otherwise) {
      if (!values.containsKey(column)) {
        return otherwise;
      }
      Long id = ids.get(key(values.get(column)));
      return id == null ? "" : id.toString();
    }

    private void named(
        Map<String, String> values,
        String column,
        Map<String, Long> ids,
        String otherwise,
        BindingResult errors) {
      String name = values.getOrDefault(column, "");
      if (!name.isBlank() && !ids.containsKey(key(name))) {
        errors.rejectValue(column + "Id", "unknown", otherwise);
      }
    }

    private ImportReport.Line store(Csv.Line line, Optional<Asset> known, AssetDraft draft) {
      Effect effect = Effect.ADDED;
      if (known.isPresent()) {
        effect = known.get().draft().equals(draft) ? Effect.UNCHANGED : Effect.CHANGED;
      }
      if (effect != Effect.UNCHANGED) {
        // A failure takes back this line and not those before it, so that all are looked at.
        oneLine.executeWithoutResult(
            transaction -> {
              if (known.isPresent()) {
                assets.update(known.get().id(), known.get().version(), draft);
              } else {
                assets.create(draft);
              }
            });
      }
      return new ImportReport.Line(line.number(), draft.tag(), draft.name(), effect);
    }

    private static String key(String name) {
      return name.strip().toLowerCase(Locale.ROOT).replaceAll("\\s*/\\s*", "/");
    }
  }
}
