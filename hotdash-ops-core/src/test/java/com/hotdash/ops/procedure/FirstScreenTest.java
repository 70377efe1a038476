package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.shop.ShopLook;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody sees first, on a terminal of 24 lines of 100 characters: one scene an incident,
 * while something that only explains could not be read. The texts stand under {@code golden}.
 */
class FirstScreenTest {
  private static final int LINES = 24;
  private static final int WIDTH = 100;

  static Stream<Arguments> screens() {
    return Stream.of(
        screen("R1", "slow: a statement lacks an index", PlatformLook.RESOURCES),
        screen("R2", "errors: since a release", PlatformLook.TROUBLES),
        screen("R3", "deploy: the new machine fails its checks", PlatformLook.LOGS),
        screen(
            "R4", "database: sessions wait behind a transaction left open", DatabaseLook.CAPACITY),
        screen("R5", "shop: a subscription is gone", ShopLook.CALLS),
        screen("R6", "memory: a loop of ends for want of it", PlatformLook.RELEASES),
        screen("R7", "health: one bad machine of two", PipelineLook.WATCHES),
        screen("R8", "secrets: the shop refuses since one was changed", PlatformLook.RELEASES));
  }

  private static Arguments screen(String incident, String scene, ReadingKey<?> unread) {
    return Arguments.of(incident, scene, unread);
  }

  private static List<Diagnosis> diagnoses(String scene, ReadingKey<?> unread) {
    return WholeScenes.named(scene).world().unread(unread, Why.TIMED_OUT).diagnoses();
  }

  private static String head(Object report) {
    return report.toString().lines().limit(LINES).collect(Collectors.joining("\n", "", "\n"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("screens")
  void diagnosis_firstScreen_isTheGoldenText(String id, String scene, ReadingKey<?> unread) {
    var diagnosis =
        diagnoses(scene, unread).stream()
            .filter(each -> each.incident().id().equals(id))
            .findFirst()
            .orElseThrow();

    var screen = head(diagnosis);

    assertThat(screen.lines()).allMatch(line -> line.length() <= WIDTH);
    assertThat(screen)
        .contains("Estate", "production")
        .contains("[PROBLEM] ")
        .contains("Next")
        .contains(diagnosis.next().orElseThrow())
        .contains("Not checked")
        .contains(unread.name());
    assertThat(screen).isEqualTo(SceneTable.text("golden/" + id + ".txt"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("screens")
  void triage_firstScreen_holdsAllThatIsNeededToGoOn(
      String id, String scene, ReadingKey<?> unread) {
    var triage = WholeWorld.triage(diagnoses(scene, unread));

    assertThat(triage.toString().lines().count()).isLessThanOrEqualTo(LINES);
    assertThat(triage.toString().lines()).allMatch(line -> line.length() <= WIDTH);
    assertThat(triage.toString())
        .contains("Estate", "production", "[PROBLEM] ", "Next", triage.next().orElseThrow())
        .contains("Not checked", unread.name());
    assertThat(triage.first().map(Diagnosis::incident).map(Incident::id)).contains(id);
  }
}
