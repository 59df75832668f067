package dev.migrate.plan.rules;

import dev.migrate.plan.KindRules;
import dev.migrate.plan.Planner;
import java.util.List;

/** The list of all planning rules. */
public final class AllRules {
  private AllRules() {}

  /**
   * @return a planner that knows every kind of fact
   */
  public static Planner planner() {
    return new Planner(rules());
  }

  /**
   * @return the rules
   */
  public static KindRules rules() {
    return new KindRules(
        List.of(
            new SchemaRule(),
            new ExtensionRule(),
            new LanguageRule(),
            new ForeignDataRule(),
            new CollationRule(),
            new EnumRule(),
            new DomainRule(),
            new DomainConstraintRule(),
            new CompositeRule(),
            new RangeRule(),
            new BaseTypeRule(),
            new SequenceRule(),
            new RoutineRule(),
            new AggregateRule(),
            new OperatorRule(),
            new OperatorClassRule(),
            new CastRule(),
            new TextSearchRule(),
            new TableRule(),
            new PartitionRule(),
            new ColumnRule(),
            new DefaultRule(),
            new IdentityRule(),
            new ConstraintRule(),
            new IndexRule(),
            new ReplicaIdentityRule(),
            new StatisticsRule(),
            new ViewRule(),
            new MaterializedViewRule(),
            new TriggerRule(),
            new PolicyRule(),
            new EventTriggerRule(),
            new PublicationRule(),
            new SubscriptionRule(),
            new CommentRule(),
            new OwnerRule(),
            new PrivilegeRule(),
            new DefaultPrivilegeRule()),
        DefaultPrivileges::surplus);
  }
}
