package ${package}.transfer;

import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.lower;

import ${package}.database.tables.records.PeopleRecord;
import ${package}.failure.Constraints.Rule;
import ${package}.person.PersonDraft;
import ${package}.person.PersonService;
import ${package}.transfer.ImportReport.Effect;
import jakarta.validation.Validator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** People, by e-mail address. */
@Component
@Order(3)
class PersonSheet implements Sheet<PeopleRecord> {
  private final DSLContext db;
  private final Validator validator;

  PersonSheet(DSLContext db, Validator validator) {
    this.db = db;
    this.validator = validator;
  }

  @Override
  public String name() {
    return "people";
  }

  @Override
  public List<String> columns() {
    return List.of("email", "full_name", "joined_on", "left_on");
  }

  @Override
  public Set<String> key() {
    return Set.of("email");
  }

  @Override
  public void write(Consumer<List<String>> out) {
    db.selectFrom(PEOPLE)
        .orderBy(lower(PEOPLE.EMAIL))
        .fetchStream()
        .forEach(
            row ->
                out.accept(
                    List.of(
                        row.getEmail(),
                        row.getFullName(),
                        Row.written(row.getJoinedOn()),
                        Row.written(row.getLeftOn()))));
  }

  @Override
  public List<Change<PeopleRecord>> read(List<Row> rows, References names, Set<Object> seen) {
    List<String> emails = rows.stream().map(PersonSheet::email).toList();
    Map<String, PeopleRecord> known =
        db.selectFrom(PEOPLE)
            .where(lower(PEOPLE.EMAIL).in(emails))
            .forUpdate()
            .fetchMap(row -> row.getEmail().toLowerCase(Locale.ROOT));
    Set<Long> holders =
        db.selectDistinct(ASSIGNMENTS.PERSON_ID)
            .from(ASSIGNMENTS)
            .where(
                ASSIGNMENTS.RETURNED_AT.isNull(),
                ASSIGNMENTS.PERSON_ID.in(known.values().stream().map(PeopleRecord::getId).toList()))
            .fetchSet(ASSIGNMENTS.PERSON_ID);
    List<Change<PeopleRecord>> changes = new ArrayList<>();
    for (Row row : rows) {
      String email = email(row);
      PeopleRecord before = known.get(email);
      PersonDraft draft =
          new PersonDraft(
              row.text("full_name", before == null ? "" : before.getFullName()),
              row.text("email"),
              row.day("joined_on", before == null ? null : before.getJoinedOn()),
              row.day("left_on", before == null ? null : before.getLeftOn()));
      row.check(draft, validator);
      if (!seen.add(email)) {
        row.wrong("email", "This address is in the file twice.");
      }
      if (draft.leftOn() != null
          && before != null
          && before.getLeftOn() == null
          && holders.contains(before.getId())) {
        row.wrong("left_on", "This person still has assets. Check them in first.");
      }
      LocalDate joined = draft.joinedOn() == null ? LocalDate.now() : draft.joinedOn();
      PeopleRecord person = before == null ? db.newRecord(PEOPLE) : before;
      boolean same =
          before != null
              && Objects.equals(before.getFullName(), draft.fullName())
              && Objects.equals(before.getEmail(), draft.email())
              && Objects.equals(before.getJoinedOn(), joined)
              && Objects.equals(before.getLeftOn(), draft.leftOn());
      person.setFullName(draft.fullName());
      person.setEmail(draft.email());
      person.setJoinedOn(joined);
      person.setLeftOn(draft.leftOn());
      Effect effect = same ? Effect.UNCHANGED : before == null ? Effect.ADDED : Effect.CHANGED;
      changes.add(new Change<>(row, draft.fullName(), effect, person));
    }
    return changes;
  }

  private static String email(Row row) {
    return row.text("email").strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public void store(List<PeopleRecord> changes) {
    db.batchStore(changes).execute();
  }

  @Override
  public Map<String, Rule> rules() {
    return PersonService.RULES;
  }
}
