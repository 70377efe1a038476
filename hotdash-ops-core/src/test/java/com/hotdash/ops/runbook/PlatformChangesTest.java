package com.hotdash.ops.runbook;

import static com.hotdash.ops.platform.PlatformWorld.sickPlatform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlatformChangesTest {
  private final SickPlatform sick = sickPlatform();

  static Stream<Arguments> remedies() {
    return Stream.of(
        Arguments.of(Remedy.platform("restart", "m1"), "restart(\"m1\")", "platform.restart"),
        Arguments.of(Remedy.platform("restartAll"), "restartAll()", "platform.restart"),
        Arguments.of(
            Remedy.platform("scaleMemory", 4096), "scaleMemory(4096)", "platform.scale-guest"),
        Arguments.of(
            Remedy.platform("scaleVm", "shared-cpu-4x"),
            "scaleVm(\"shared-cpu-4x\")",
            "platform.scale-guest"),
        Arguments.of(
            Remedy.platform("scale", "shared-cpu-4x", 4096),
            "scale(\"shared-cpu-4x\", 4096)",
            "platform.scale-guest"),
        Arguments.of(Remedy.platform("scaleCount", 4), "scaleCount(4)", "platform.scale-count"),
        Arguments.of(
            Remedy.platform("rollBackMachine", "m1"),
            "rollBackMachine(\"m1\")",
            "platform.roll-back-machine"),
        Arguments.of(
            Remedy.platform("rollBackMachine", "m1", "v1"),
            "rollBackMachine(\"m1\", \"v1\")",
            "platform.roll-back-machine"),
        Arguments.of(
            Remedy.platform("setSecret", "SESSION_SECRET", "NEW"),
            "setSecret(\"SESSION_SECRET\", \"NEW\")",
            "platform.change-secrets"),
        Arguments.of(
            Remedy.platform("deploySecrets"), "deploySecrets()", "platform.change-secrets"),
        Arguments.of(Remedy.platform("cordon", "m1"), "cordon(\"m1\")", "platform.cordon"),
        Arguments.of(
            Remedy.platform("breakLease", "m1"), "breakLease(\"m1\")", "platform.break-lease"),
        Arguments.of(Remedy.platform("uncordon", "m1"), "uncordon(\"m1\")", "platform.cordon"));
  }

  @ParameterizedTest
  @MethodSource("remedies")
  void resolution_ofARemedy_isWhatItsLineSaysAndPlanningChangesNothing(
      Remedy remedy, String line, String action) {
    try (var ops = builder().build()) {
      assertThat(remedy.line()).isEqualTo("ops.platform()." + line + ".plan()");
      var plan = ops.resolution(remedy).plan();

      assertThat(plan.proposal().action()).isEqualTo(action);
      assertThat(sick.changed).isEmpty();
      assertThat(plan.toString().lines()).allSatisfy(each -> assertThat(each).hasSizeLessThan(101));
    }
  }

  @Test
  void resolution_unknownVerb_isRefused() {
    try (var ops = builder().build()) {
      assertThatThrownBy(() -> ops.resolution(Remedy.platform("explode")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("explode");
    }
  }

  @Test
  void anyChange_noPlatform_saysWhatToGive() {
    try (var ops = RunbookProcedures.builder().build()) {
      assertThatThrownBy(() -> ops.platform().restart("m1"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("platform");
    }
  }

  @Test
  void changeSecrets_fromTheSourceOfTheBuilder_showsNoValue() {
    var planted = "planted-value-91f2";
    try (var ops =
        builder()
            .secretSource(
                name -> Optional.of(planted).filter(any -> name.equals("NEW")).map(Secret::of))
            .build()) {
      var change = SecretChange.set(Map.of("SHOPIFY_API_SECRET", "NEW"));
      var plan = ops.platform().changeSecrets(change).plan();
      var execution = plan.apply("rotation is due");

      assertThat(execution.stopped()).isEmpty();
      assertThat(sick.secrets).containsKey("SHOPIFY_API_SECRET");
      assertThat(plan.toString() + execution + execution.verify() + ops.pending())
          .doesNotContain(planted);
    }
  }

  @Test
  void plan_deployWaitsInThePipeline_isNamedFirst() {
    try (var ops = builder().pipeline(pipeline(true)).build()) {
      assertThat(ops.platform().scaleMemory(4096).plan().objections())
          .extracting(Objection::name)
          .containsExactly("deploy-in-flight");
      assertThat(ops.platform().scaleMemory(4096).plan().toString())
          .contains("deploy-production.yml", "cancelRun(42L)");
      assertThat(ops.highErrorRate().rollBack().plan().objections())
          .extracting(Objection::name)
          .contains("deploy-in-flight");
    }
  }

  /** Somebody goes back already: to cut that off leaves some machines here and some there. */
  @Test
  void plan_rollBackIsUnderWay_isToBeFollowedAndNotCancelled() {
    try (var ops = builder().pipeline(pipeline(run("rollback-production.yml"))).build()) {
      assertThat(ops.highErrorRate().rollBack().plan().objections())
          .filteredOn(each -> each.name().equals("deploy-in-flight"))
          .singleElement()
          .asString()
          .contains("follow the roll back that is under way")
          .doesNotContain("cancelRun");
    }
  }

  @Test
  void plan_pipelineUnread_saysSoAndHoldsNothingUp() {
    try (var ops = builder().pipeline(pipeline(false)).build()) {
      var plan = ops.platform().scaleMemory(4096).plan();

      assertThat(plan.objections()).isEmpty();
      assertThat(plan.toString()).contains("were not looked for");
    }
  }

  private RunbookBuilder builder() {
    return RunbookProcedures.builder()
        .time(sick.clock.time())
        .operator("sam")
        .environmentName("test")
        .platform(sick);
  }

  private static PipelineReader pipeline(boolean readable) {
    return pipeline(readable ? run("deploy-production.yml") : null);
  }

  private static PipelineReader pipeline(@Nullable Run run) {
    return new PipelineReader() {
      @Override
      public Estate.Part identity() {
        return new Estate.Part("repository", "acme/hotdash", null);
      }

      @Override
      public PipelineLook look(Deadline limit) {
        return new Waiting(run);
      }
    };
  }

  private static Run run(String file) {
    var state = State.of("queued", null);
    return new Run(
        42, file, "Deploy", null, 7, 1, "push", state, "main", null, null, null, null, "alice", "");
  }

  private record Waiting(@Nullable Run run) implements PipelineLook {
    @Override
    public Reading<Runs> inFlight() {
      return run == null
          ? unread()
          : Reading.of(
              new Runs(List.of(run), null), Evidence.of("1 run", "test", java.time.Instant.EPOCH));
    }

    @Override
    public Reading<Runs> deploys() {
      return unread();
    }

    @Override
    public Reading<RunDetail> latest() {
      return unread();
    }

    @Override
    public void close() {}

    private static <T> Reading<T> unread() {
      return Reading.unread(new NotChecked("runs", Why.UNREACHABLE, "gone", "wait"));
    }
  }
}
