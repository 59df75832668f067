package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import org.jooq.Record;

/** Reads aggregate functions ({@code pg_aggregate}) as CREATE AGGREGATE describes them. */
final class Aggregates implements KindReader {
  private static final String AGGREGATES =
      """
      select p.oid::int8 as oid, n.nspname::text as schema, p.proname::text as name,
        (select array_agg(format_type(u.t, null) order by u.n)
          from unnest(p.proargtypes) with ordinality u (t, n)) as types,
        pg_get_function_arguments(p.oid) as arguments, a.aggkind::text as kind,
        a.aggtransfn::regproc::text as transition, format_type(a.aggtranstype, null) as state,
        nullif(a.aggtransspace, 0)::text as state_space,
        nullif(a.aggfinalfn, 0)::regproc::text as final, a.aggfinalextra as final_extra,
        a.aggfinalmodify::text as final_modify,
        nullif(a.aggcombinefn, 0)::regproc::text as combine,
        nullif(a.aggserialfn, 0)::regproc::text as serialize,
        nullif(a.aggdeserialfn, 0)::regproc::text as deserialize,
        nullif(a.aggmtransfn, 0)::regproc::text as moving_transition,
        nullif(a.aggminvtransfn, 0)::regproc::text as moving_inverse,
        case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end as moving_state,
        nullif(a.aggmtransspace, 0)::text as moving_state_space,
        nullif(a.aggmfinalfn, 0)::regproc::text as moving_final,
        a.aggmfinalextra as moving_final_extra, a.aggmfinalmodify::text as moving_final_modify,
        a.agginitval as initial, a.aggminitval as moving_initial,
        case when o.oid is not null
          then 'OPERATOR(' || quote_ident(onsp.nspname) || '.' || o.oprname || ')' end as sort_operator,
        p.proparallel::text as parallel
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      join pg_aggregate a on a.aggfnoid = p.oid
      left join pg_operator o on o.oid = a.aggsortop
      left join pg_namespace onsp on onsp.oid = o.oprnamespace
      where p.pronamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(AGGREGATES)) {
      FactId id =
          FactId.of(
              Kind.AGGREGATE,
              text(row, "schema"),
              text(row, "name"),
              String.join(", ", texts(row, "types")));
      catalog
          .note(ObjectKey.of("pg_proc", oid(row, "oid")), id)
          .ifPresent(
              fact ->
                  fact.parent(Relations.schemaOf(id))
                      .text(Attribute.ARGUMENTS, text(row, "arguments"))
                      .items(Attribute.PARAMETERS, parameters(row)));
    }
  }

  private static List<String> parameters(Record row) {
    ParameterList list = new ParameterList();
    list.add("sfunc", text(row, "transition"));
    list.add("stype", text(row, "state"));
    list.add("sspace", text(row, "state_space"));
    list.add("finalfunc", text(row, "final"));
    list.flag("finalfunc_extra", flag(row, "final_extra"));
    list.add("finalfunc_modify", modify(row, "final_modify"));
    list.add("combinefunc", text(row, "combine"));
    list.add("serialfunc", text(row, "serialize"));
    list.add("deserialfunc", text(row, "deserialize"));
    list.literal("initcond", text(row, "initial"));
    list.add("msfunc", text(row, "moving_transition"));
    list.add("minvfunc", text(row, "moving_inverse"));
    list.add("mstype", text(row, "moving_state"));
    list.add("msspace", text(row, "moving_state_space"));
    list.add("mfinalfunc", text(row, "moving_final"));
    list.flag("mfinalfunc_extra", flag(row, "moving_final_extra"));
    list.add(
        "mfinalfunc_modify",
        text(row, "moving_state") == null ? null : modify(row, "moving_final_modify"));
    list.literal("minitcond", text(row, "moving_initial"));
    list.add("sortop", text(row, "sort_operator"));
    list.add("parallel", parallel(text(row, "parallel")));
    list.flag("hypothetical", text(row, "kind").equals("h"));
    return list.items();
  }

  private static String parallel(String code) {
    return switch (code) {
      case "s" -> "safe";
      case "r" -> "restricted";
      default -> null;
    };
  }

  /** Null for what PostgreSQL takes by itself: read-only, and read-write for ordered-set ones. */
  private static String modify(Record row, String field) {
    boolean normal = text(row, "kind").equals("n");
    return switch (text(row, field)) {
      case "r" -> normal ? null : "read_only";
      case "s" -> "shareable";
      case "w" -> normal ? "read_write" : null;
      default -> throw new IllegalStateException("Unexpected " + field);
    };
  }
}
