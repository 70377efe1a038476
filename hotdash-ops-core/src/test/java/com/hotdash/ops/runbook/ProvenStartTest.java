package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.PipelineSteps;
import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A roll back by the workflow names its release, and the machines tell whether it was one. */
class ProvenStartTest {
  private static final String ROLLBACK = "rollback-production.yml";

  private final SickPlatform platform = new SickPlatform();
  private final Map<String, String> run = new TreeMap<>();
  private final ProvenStart action = new ProvenStart(new Pipeline(), platform);

  @BeforeEach
  void world() {
    platform
        .release(11, Release.Status.COMPLETE, "aa")
        .release(116, Release.Status.COMPLETE, "bb")
        .release(117, Release.Status.COMPLETE, "cc")
        .release(118, Release.Status.FAILED, "dd")
        .release(119, Release.Status.COMPLETE, "ee")
        .machine("m1", "ee", MachineState.STARTED)
        .machine("m2", "ee", MachineState.STOPPED);
    run.put(PipelineSteps.OVER, PipelineSteps.YES);
    run.put(PipelineSteps.CONCLUSION, "success");
  }

  private Deadline deadline() {
    return platform.clock.time().deadline(Duration.ofSeconds(10));
  }

  private Proposal propose(String target) {
    var start = WorkflowStart.of(ROLLBACK, "main").with("reason", "5xx");
    return action
        .propose(target.isEmpty() ? start : start.with("target_version", target), deadline())
        .toOptional()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "v117, ''",
    "v116, ''",
    "'',   no-target",
    "v118, target-did-not-go-out",
    "v120, no-such-release",
    "117,  target-not-one-line",
    "v11,  target-not-one-line",
    "previous, no-such-release",
  })
  void propose_rollBack_wantsOneReleaseThatWentOut(String target, String objection) {
    assertThat(propose(target).objections())
        .extracting(Objection::name)
        .isEqualTo(objection.isEmpty() ? List.of() : List.of(objection));
    assertThat(platform.changed).isEmpty();
  }

  @Test
  void propose_anotherWorkflow_asksThePlatformNothing() {
    platform.unreadable.add("releases");

    var proposal =
        action
            .propose(WorkflowStart.of("deploy-production.yml", "main"), deadline())
            .toOptional()
            .orElseThrow();

    assertThat(proposal.objections()).isEmpty();
    assertThat(proposal.notPromised().toString()).doesNotContain("not read", "No platform");
    assertThat(action.symptom(proposal).goal()).doesNotContain("machine");
  }

  @Test
  void propose_releasesUnreadOrNoPlatform_saysThatNothingButTheRunProvesIt() {
    platform.unreadable.add("releases");
    var alone =
        new ProvenStart(new Pipeline(), null)
            .propose(WorkflowStart.of(ROLLBACK, "main").with("target_version", "v117"), deadline());

    assertThat(propose("v117").notPromised().toString()).contains("nothing proves it but the run");
    assertThat(alone.toOptional().orElseThrow().notPromised().toString())
        .contains("No platform is configured that could prove");
  }

  @ParameterizedTest(name = "run {0}, machines {1} and {2}: present {3}")
  @CsvSource({
    "success, cc, cc, false, 2 of 2 machines have the image of v117",
    "success, ee, ee, true,  '0 of 2 machines have the image of v117, not m1, m2'",
    "success, cc, ee, true,  '1 of 2 machines have the image of v117, not m2'",
    "failure, cc, cc, true,  ended as failure",
  })
  void symptom_runEnded_isGoneOnlyWhereTheMachinesHaveTheImage(
      String conclusion, String one, String two, boolean present, String summary) {
    var proposal = propose("v117");
    run.put(PipelineSteps.CONCLUSION, conclusion);
    platform.machine("m1", one, MachineState.STARTED).machine("m2", two, MachineState.STOPPED);

    // Another process knows no more than what the journal holds.
    var measured = new ProvenStart(new Pipeline(), platform).symptom(proposal).measure(deadline());

    assertThat(measured.toOptional().orElseThrow().present()).isEqualTo(present);
    assertThat(measured.toOptional().orElseThrow().summary()).contains(summary);
    assertThat(action.symptom(proposal).goal())
        .contains("ends in success, and each machine has the image of v117");
  }

  @Test
  void symptom_runGoesOnOrMachinesUnread_isNotKnown() {
    var symptom = action.symptom(propose("v117"));
    platform.machine("m1", "cc", MachineState.STARTED).machine("m2", "cc", MachineState.STOPPED);

    run.put(PipelineSteps.OVER, PipelineSteps.NO);
    assertThat(symptom.measure(deadline()).obstacle()).isPresent();

    run.put(PipelineSteps.OVER, PipelineSteps.YES);
    assertThat(symptom.measure(deadline()).obstacle()).isEmpty();
    platform.unreadable.add("machines");
    assertThat(symptom.measure(deadline()).obstacle()).isPresent();
  }

  /** One run was started, and stands as the test says. */
  private final class Pipeline implements PipelineReader {
    @Override
    public Estate.Part identity() {
      return new Estate.Part("repository", "acme/hotdash", null);
    }

    @Override
    public PipelineLook look(Deadline deadline) {
      throw new AssertionError("nobody needs to look at all of it");
    }

    @Override
    public Reading<TargetState> observe(Target target, Deadline deadline) {
      var fields =
          switch (target.kind()) {
            case PipelineTargets.WORKFLOW ->
                Map.of(PipelineSteps.WORKFLOW_ID, "4242", PipelineSteps.NEWEST_RUN, "70");
            case PipelineTargets.START ->
                Map.of(
                    PipelineSteps.STATE,
                    "active",
                    PipelineSteps.REF_EXISTS,
                    PipelineSteps.YES,
                    PipelineSteps.STARTED,
                    PipelineSteps.YES,
                    PipelineSteps.STARTED_RUN,
                    "71");
            default -> run;
          };
      return Reading.of(
          TargetState.of(fields), Evidence.of("pipeline", "test", platform.clock.now()));
    }
  }
}
