package com.hotdash.ops.procedure;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is the matter, what goes on in any good week changes neither its name nor its cure. */
class BackgroundTest {
  private static final String NEAR = "that release is now a quarter of an hour before the onset";
  private static final String ROSE = "all of them came after the rotation, as if by it";
  private static final String BOTH = "both machines refuse sessions, so neither value is sure";

  /** By background: the scenes that it does change, and why it may. */
  private static final Map<String, Map<String, String>> MAY_CHANGE =
      Map.of(
          "a release went out well",
          Map.ofEntries(
              entry("slow: since a release with the image that was there", NEAR),
              entry("slow: since the platform has trouble", NEAR),
              entry("errors: long after any release", NEAR),
              entry("errors: since the platform has trouble", NEAR),
              entry("errors: in the last minutes only", NEAR),
              entry("errors: after a release that failed and came to no machine", NEAR),
              entry(
                  "database: the application's pool is used up", "newer code may leak connections"),
              entry(
                  "database: the application alone has used up its pool, as only its log tells",
                  "newer code may leak connections"),
              entry("memory: a loop of ends for want of it", "newer code may use more"),
              entry("errors: the proxy finds no machine with a free place", NEAR),
              entry("errors: answers break off before the proxy", NEAR)),
          "a pair of secrets is staged",
          Map.of(
              "secrets: half of a pair was changed", "its other half waits, and is the cure",
              "database: the password is refused, and no secret was changed",
                  "the new password waits, and is the cure"),
          "a machine sleeps",
          Map.of(
              "slow: since a release, at the edge alone",
                  "to keep it awake is gentler than one more",
              "slow: the edge alone, and the pooler stands before a database with little room",
                  "to keep it awake is gentler than one more",
              "slow: the edge alone", "to keep it awake is gentler than one more",
              "cpu: the event loop is busy, and all is slow",
                  "to keep it awake is gentler than one more"),
          "a secret was rotated well, yesterday",
          Map.of(
              "slow: since a release with the image that was there",
              "that release brought the secret's value to some",
              "shop: it refuses the token, and requests fail",
              "tokens bought with the former secret end some time after a rotation"),
          "sessions end as every day",
          Map.of(
              "a secret was rotated well", ROSE,
              "errors: since a secret, which everything takes", ROSE,
              "secrets: machines have different ones", BOTH,
              "secrets: machines have different ones, and others are staged", BOTH));

  private static final Map<String, Outcome> PLAIN =
      WholeScenes.all()
          .collect(toMap(WholeScene::name, each -> Outcome.of(each.world().diagnoses())));

  /** The first incident, its first advice, and all changes that anybody recommends. */
  private record Outcome(String first, Set<String> remedies) {
    static Outcome of(List<Diagnosis> diagnoses) {
      var first = WholeWorld.triage(diagnoses).first();
      return new Outcome(
          first.map(Diagnosis::incident).map(Incident::id).orElse("-")
              + first
                  .flatMap(each -> each.recommendations().stream().findFirst())
                  .map(each -> " " + each.id())
                  .orElse(""),
          diagnoses.stream()
              .flatMap(each -> each.recommendations().stream())
              .filter(each -> each.remedy() != null)
              .map(each -> each.line())
              .collect(Collectors.toCollection(TreeSet::new)));
    }

    boolean holds(Outcome other) {
      return first.equals(other.first) && remedies.containsAll(other.remedies);
    }
  }

  static Stream<Background> backgrounds() {
    return Background.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backgrounds")
  void triage_somethingHarmlessBesides_staysAsItIs(Background background) {
    var changed = new TreeSet<String>();
    var told = new StringBuilder();
    for (var scene : WholeScenes.all().toList()) {
      var plain = PLAIN.get(scene.name());
      var with = Outcome.of(background.with(scene).diagnoses());
      if (plain == null || !plain.holds(with)) {
        changed.add(scene.name());
        told.append('\n').append(scene).append(": ").append(plain).append(" => ").append(with);
      }
    }

    assertThat(changed)
        .as(told.toString())
        .containsExactlyInAnyOrderElementsOf(
            MAY_CHANGE.getOrDefault(background.name(), Map.of()).keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backgrounds")
  void diagnoses_somethingHarmlessBesides_doNotContradict(Background background) {
    WholeScenes.all()
        .forEach(
            scene ->
                Contradictions.none(
                    background.with(scene).diagnoses(), background + " besides " + scene));
  }
}
