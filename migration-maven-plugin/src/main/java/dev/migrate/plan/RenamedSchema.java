package dev.migrate.plan;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** A schema after renames, with a map from old to new identities. */
public final class RenamedSchema {
  private final Schema schema;
  private final List<SchemaRenamer> renamings;

  private RenamedSchema(Schema schema, List<SchemaRenamer> renamings) {
    this.schema = schema;
    this.renamings = renamings;
  }

  /**
   * @param before the schema as it was
   * @param renames what got another name, in this order
   * @return the schema after that
   */
  public static RenamedSchema of(Schema before, List<Rename> renames) {
    Schema schema = before;
    List<SchemaRenamer> renamings = new ArrayList<>();
    for (Rename rename : renames) {
      if (rename instanceof Rename.OfFact fact) {
        renamings.add(new SchemaRenamer(schema, fact.from(), fact.to()));
      }
      schema = Renames.applied(rename, schema);
    }
    return new RenamedSchema(schema, renamings);
  }

  /**
   * @return the schema after the renames
   */
  public Schema schema() {
    return schema;
  }

  /**
   * @param before what something was called before
   * @return what it is called after the renames
   */
  public FactId now(FactId before) {
    FactId at = before;
    for (SchemaRenamer renaming : renamings) {
      at = renaming.map(at);
    }
    return at;
  }
}
