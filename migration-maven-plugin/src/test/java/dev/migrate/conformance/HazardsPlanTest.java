package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.conformance.RoundTrip.Read;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What plans say of rows, word for word, from schemas that {@link HazardsIT} has kept; it has run
 * the plain way up with rows that fit and rows that do not. The way back and the form under load
 * are the planner's word alone. Where a change of the planner changes words, {@code
 * -Dcorpus.write=true} writes them anew, for a look at the difference.
 */
@DisplayName("What plans say of rows")
class HazardsPlanTest {
  private static final KeptPlans PLANS = new KeptPlans(HazardsIT.FOLDER.resolve("plans"));

  private static final Map<String, Read> READ = HazardsIT.FACTS.read();
  private static final Map<String, String> KEPT = new TreeMap<>();
  private static final Planner PLANNER = AllRules.planner();
  private static final OnlinePlanner ONLINE = new OnlinePlanner(PLANNER);

  @BeforeAll
  static void keptPlans() {
    if (!KEPT.isEmpty()) {
      return;
    }
    if (Boolean.getBoolean("corpus.write")) {
      Map<String, String> plans = new TreeMap<>();
      READ.forEach((name, read) -> plans.put(name, plans(read)));
      PLANS.write(plans);
    }
    KEPT.putAll(PLANS.read());
  }

  static Stream<String> names() {
    return READ.keySet().stream();
  }

  @Test
  @DisplayName("is kept for the changes that there are, and for no others")
  void noneTooMany() {
    assertThat(KEPT.keySet()).isEqualTo(READ.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  @DisplayName("is what the servers have confirmed")
  void saysWhatIsKnown(String name) {
    assertThat(plans(READ.get(name)))
        .as("plans of %s; -Dcorpus.write=true writes them anew", name)
        .isEqualTo(KEPT.get(name));
  }

  private static String plans(Read read) {
    return plan("up", read)
        + plan("down", new Read(read.to(), read.from()))
        + KeptPlans.text(
            "up under load",
            ONLINE.plan(read.from(), read.to(), PlanOptions.standard()),
            Hazard::toString);
  }

  private static String plan(String direction, Read read) {
    return KeptPlans.text(
        direction, PLANNER.plan(read.from(), read.to(), PlanOptions.standard()), Hazard::toString);
  }
}
