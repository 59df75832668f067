package ${package}.assignment;

import ${package}.failure.StaleVersionException;
import ${package}.page.Deletable;
import ${package}.page.Texts;
import ${package}.person.Person;
import ${package}.person.PersonService;
import java.util.List;
import org.springframework.stereotype.Component;

/** A person who was entered by mistake goes; one who had anything stays in its history. */
@Component
class PersonDeletion implements Deletable {
  private final PersonService people;
  private final AssignmentService assignments;
  private final Texts texts;

  PersonDeletion(PersonService people, AssignmentService assignments, Texts texts) {
    this.people = people;
    this.assignments = assignments;
    this.texts = texts;
  }

  @Override
  public String path() {
    return "/people";
  }

  @Override
  public Deletion look(long id) {
    Person person = people.get(id);
    int had = assignments.ofPerson(id).size();
    List<Hanging> holding =
        had == 0
            ? List.of()
            : List.of(
                new Hanging(texts.count(had, "check-out") + ", now or before", "/people/" + id));
    return new Deletion(
        "person",
        person.fullName(),
        person.version(),
        holding,
        "Who had something stays in its history. Enter the day on which the person has left instead.",
        null);
  }

  @Override
  public void delete(long id, int version) {
    StaleVersionException.check("person", version, people.get(id).version());
    people.delete(id);
  }
}
