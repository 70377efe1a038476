package com.hotdash.ops.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.resolution.Target;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineStepsTest {
  private static final WorkflowStart START =
      WorkflowStart.of("rollback-production.yml", "release/1 & 2")
          .with("reason", "p95 = 4.1 s & rising; \"why?\" ü")
          .with("target_version", "117");

  @Test
  void start_readBack_isWhatWasAskedFor() {
    var target = PipelineTargets.start("acme/hotdash", START, 9001);

    var read = PipelineTargets.workflowStart(target);

    assertThat(PipelineTargets.repository(target)).isEqualTo("acme/hotdash");
    assertThat(PipelineTargets.after(target)).isEqualTo(9001);
    assertThat(read.file()).isEqualTo(START.file());
    assertThat(read.ref()).isEqualTo(START.ref());
    assertThat(read.inputs()).containsEntry("target_version", "117");
    assertThat(read.inputs().get("reason")).startsWith(START.inputs().get("reason") + " [ops-");
    assertThat(read.word()).matches("ops-[0-9a-f]{8}");
  }

  @Test
  void start_sameWishOnTheSameWorld_isTheSameTarget() {
    var one = PipelineTargets.start("acme/hotdash", START, 9001);

    assertThat(PipelineTargets.start("acme/hotdash", START, 9001)).isEqualTo(one);
    assertThat(PipelineTargets.start("acme/hotdash", START, 9002).id()).isNotEqualTo(one.id());
    assertThat(PipelineTargets.start("acme/hotdash", PipelineTargets.workflowStart(one), 9001))
        .as("a reason is marked once")
        .isEqualTo(one);
  }

  @Test
  void start_withoutReason_hasNoWord() {
    var target =
        PipelineTargets.start("acme/hotdash", WorkflowStart.of("smoke-tests.yml", "main"), 0);

    assertThat(PipelineTargets.workflowStart(target).word()).isNull();
    assertThat(PipelineTargets.workflowStart(target).inputs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rollback", "../x.yml", "a/b.yml", "-f.yml", "x.json", "a b.yml"})
  void workflowStart_notAFile_isRefused(String file) {
    assertThatThrownBy(() -> WorkflowStart.of(file, "main"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-main", "a..b"})
  void workflowStart_notARef_isRefused(String ref) {
    assertThatThrownBy(() -> WorkflowStart.of("x.yml", ref))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"25, true", "26, false"})
  void workflowStart_inputs_areBounded(int count, boolean fits) {
    var inputs = new TreeMap<String, String>();
    for (int i = 0; i < count; i++) {
      inputs.put("i" + i, "x");
    }

    if (fits) {
      assertThat(new WorkflowStart("x.yml", "main", inputs).inputs()).hasSize(count);
    } else {
      assertThatThrownBy(() -> new WorkflowStart("x.yml", "main", inputs))
          .hasMessageContaining("25");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline.run, acme/hotdash x",
    "pipeline.run, 12",
    "pipeline.workflow, acme/hotdash 12",
    "database, acme/hotdash 12"
  })
  void runId_notARun_isRefused(String kind, String id) {
    var target = new Target(kind, id, "label");

    assertThatThrownBy(() -> PipelineTargets.runId(target))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/hotdash nonsense", "acme/hotdash file=x.yml", "acme/hotdash =x"})
  void workflowStart_malformedTarget_isRefused(String id) {
    var target = new Target(PipelineTargets.START, id, "label");

    assertThatThrownBy(() -> PipelineTargets.workflowStart(target))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
