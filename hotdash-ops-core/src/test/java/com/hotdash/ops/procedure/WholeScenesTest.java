package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.ScaleCount;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all eight diagnoses and triage make of each scene of the whole world. */
class WholeScenesTest {
  private static final int MOST = 150;

  static Stream<WholeScene> scenes() {
    return WholeScenes.all();
  }

  @Test
  void diagnoses_healthyAndConfigured_areEightTimesOkWithNothingToDo() {
    var diagnoses = new WholeWorld().diagnoses();

    assertThat(diagnoses)
        .hasSize(Incident.values().length)
        .allSatisfy(
            each -> {
              assertThat(each.verdict()).as(each.toString()).isEqualTo(Verdict.OK);
              assertThat(each.recommendations()).isEmpty();
              assertThat(each.contraindications()).isEmpty();
              assertThat(each.notChecked()).isEmpty();
            });
    assertThat(WholeWorld.triage(diagnoses).verdict()).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void triage_scene_isWhatStandsInTheTable(WholeScene scene) {
    var triage = WholeWorld.triage(scene.world().diagnoses());

    assertThat(triage.first().map(Diagnosis::incident).orElse(null))
        .as(triage.toString())
        .isEqualTo(scene.injected());
    assertThat(SceneOutcome.of(scene.name(), triage).toString())
        .as(triage.toString())
        .isEqualTo(SceneTable.row(scene.name()));
    assertThat(triage.ranked()).hasSize(Incident.values().length);
    // Whoever is called has something to type, whatever is the matter.
    assertThat(triage.next().isPresent()).isEqualTo(triage.verdict() != Verdict.OK);
    assertThat(triage.next().orElse("")).isNotEqualTo("ops.triage()");
  }

  @Test
  void table_holdsEveryScene_andAtLeastFiveAnIncident() {
    var names = WholeScenes.all().map(WholeScene::name).toList();
    var injected =
        WholeScenes.all()
            .map(WholeScene::injected)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

    assertThat(names).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
    assertThat(SceneTable.names()).containsExactlyElementsOf(names);
    assertThat(injected.keySet()).containsExactlyInAnyOrder(Incident.values());
    assertThat(injected.values()).allMatch(count -> count >= 5);
    assertThat(WholeScenes.all().filter(each -> each.injected() == null).count())
        .isGreaterThanOrEqualTo(15);
  }

  /** Of one look, no diagnosis advises what another one warns of. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void diagnoses_ofOneLook_doNotContradict(WholeScene scene) {
    Contradictions.none(scene.world().diagnoses(), scene.name());
  }

  /** What may be left alone, such as a check to be tuned one day, is no change to be made now. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void diagnoses_thatAreOk_adviseNoChange(WholeScene scene) {
    assertThat(scene.world().diagnoses())
        .filteredOn(each -> each.verdict() == Verdict.OK)
        .allSatisfy(
            each ->
                assertThat(each.recommendations())
                    .as(each.toString())
                    .allMatch(one -> one.remedy() == null));
  }

  /** A number below that of all machines, those that are down included, does away with some. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void recommendations_ofMoreMachines_areMoreThanThereAre(WholeScene scene) {
    var world = scene.world();

    assertThat(world.diagnoses())
        .flatExtracting(Diagnosis::recommendations)
        .filteredOn(each -> each.id().equals(ScaleCount.ID))
        .allSatisfy(
            each ->
                assertThat(each.line())
                    .contains("scaleCount(" + (world.machines.size() + 1) + ")"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void recommendations_ofAll_areSaidInWordsAndInLinesThatCanBeTyped(WholeScene scene) {
    for (var diagnosis : scene.world().diagnoses()) {
      for (var each : diagnosis.recommendations()) {
        assertThat(each.what()).as(each.id()).isNotBlank();
        assertThat(each.because()).as(each.id()).isNotBlank();
        assertThat(each.line()).hasSizeLessThanOrEqualTo(MOST);
      }
      TypedLines.check(diagnosis);
    }
  }
}
