package ${package}.person;

import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import ${package}.database.tables.records.PeopleRecord;
import ${package}.failure.Constraints;
import ${package}.failure.Constraints.Rule;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Those who can be given an asset. */
@Service
public class PersonService {
  /** What the rules of the database mean. */
  public static final Map<String, Rule> RULES =
      Map.of(
          "people_email_key", new Rule("email", "Another person has this e-mail address."),
          "people_email_check", new Rule("email", "Enter an e-mail address."),
          "people_left_on_check", new Rule("leftOn", "Nobody leaves before joining."));

  private static final Map<String, Rule> DELETE_RULES =
      Map.of(
          "assignments_person_id_fkey",
          new Rule(null, "This person has, or had, an asset, and stays in its history."));

  private static final Field<Integer> HELD =
      field(
              select(count())
                  .from(ASSIGNMENTS)
                  .where(ASSIGNMENTS.PERSON_ID.eq(PEOPLE.ID), ASSIGNMENTS.RETURNED_AT.isNull()))
          .as("held");

  private final DSLContext db;

  PersonService(DSLContext db) {
    this.db = db;
  }

  /**
   * A page of the people, by name.
   *
   * @param text what is contained in the name or the address; null for everybody
   * @param alsoLeft whether those are wanted, too, who are not here any more
   */
  @Transactional(readOnly = true)
  public Page<Person> list(String text, boolean alsoLeft, Paging paging) {
    Condition condition = condition(text, alsoLeft);
    int counted =
        db.fetchCount(db.selectOne().from(PEOPLE).where(condition).limit(Paging.COUNT_LIMIT));
    Paging reachable = paging.within(counted);
    List<Person> rows = find(condition, reachable.size(), reachable.offset());
    return new Page<>(rows, reachable.number(), reachable.size(), counted);
  }

  /** The first people who are here and whose name or address contains the text. */
  @Transactional(readOnly = true)
  public List<Person> search(String text, int limit) {
    return find(condition(text, false), limit, 0);
  }

  /**
   * @throws NotFoundException if there is no such person
   */
  @Transactional(readOnly = true)
  public Person get(long id) {
    return find(PEOPLE.ID.eq(id), 1, 0).stream()
        .findFirst()
        .orElseThrow(() -> new NotFoundException("person", id));
  }

  @Transactional
  public Person create(PersonDraft draft) {
    PeopleRecord person = db.newRecord(PEOPLE);
    fill(person, draft);
    Constraints.checked(RULES, person::insert);
    return get(person.getId());
  }

  /**
   * Saves what somebody has made of a version that was read before.
   *
   * @param version the version that was read
   * @throws NotFoundException if there is no such person any more
   * @throws StaleVersionException if somebody else has changed it since
   * @throws RuleException if somebody is said to have left who still has an asset, or the draft
   *     breaks a rule that only the database can check
   */
  @Transactional
  public Person update(long id, int version, PersonDraft draft) {
    PeopleRecord person =
        db.selectFrom(PEOPLE)
            .where(PEOPLE.ID.eq(id))
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> new NotFoundException("person", id));
    StaleVersionException.check("person", version, person.getVersion());
    if (draft.leftOn() != null && person.getLeftOn() == null && get(id).assets() > 0) {
      throw new RuleException("leftOn", "This person still has assets. Check them in first.");
    }
    fill(person, draft);
    Constraints.checked(RULES, person::update);
    return get(id);
  }

  /**
   * Deletes a person who was entered by mistake.
   *
   * @throws NotFoundException if there is no such person any more
   * @throws RuleException if the person has, or had, an asset
   */
  @Transactional
  public void delete(long id) {
    Constraints.checked(
        DELETE_RULES,
        db.fetchOptional(PEOPLE, PEOPLE.ID.eq(id))
            .orElseThrow(() -> new NotFoundException("person", id))::delete);
  }

  private static void fill(PeopleRecord person, PersonDraft draft) {
    person.setFullName(draft.fullName());
    person.setEmail(draft.email());
    if (draft.joinedOn() != null) {
      person.setJoinedOn(draft.joinedOn());
    } else if (person.getJoinedOn() == null) {
      person.setJoinedOn(LocalDate.now());
    }
    person.setLeftOn(draft.leftOn());
  }

  private static Condition condition(String text, boolean alsoLeft) {
    Condition condition = alsoLeft ? noCondition() : PEOPLE.LEFT_ON.isNull();
    return text == null || text.isBlank()
        ? condition
        : condition.and(
            PEOPLE
                .FULL_NAME
                .containsIgnoreCase(text.strip())
                .or(PEOPLE.EMAIL.containsIgnoreCase(text.strip())));
  }

  private List<Person> find(Condition condition, int limit, int offset) {
    return db.select(
            PEOPLE.ID,
            PEOPLE.FULL_NAME,
            PEOPLE.EMAIL,
            PEOPLE.JOINED_ON,
            PEOPLE.LEFT_ON,
            HELD,
            PEOPLE.VERSION)
        .from(PEOPLE)
        .where(condition)
        .orderBy(PEOPLE.FULL_NAME, PEOPLE.ID)
        .limit(limit)
        .offset(offset)
        .fetch(PersonService::person);
  }

  private static Person person(Record row) {
    return new Person(
        row.get(PEOPLE.ID),
        row.get(PEOPLE.FULL_NAME),
        row.get(PEOPLE.EMAIL),
        row.get(PEOPLE.JOINED_ON),
        row.get(PEOPLE.LEFT_ON),
        row.get(HELD),
        row.get(PEOPLE.VERSION));
  }
}
