package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.pipeline.WorkflowStart;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartedRunTest {
  private static final WorkflowStart START =
      PipelineTargets.workflowStart(
          PipelineTargets.start(
              "acme/hotdash",
              WorkflowStart.of("rollback-production.yml", "main").with("reason", "p95 4.1 s"),
              100));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing new                   | 99 dispatch main plain                             | no        | none
          one new                       | 101 dispatch main plain                            | yes       | 101
          one by push                   | 101 push main plain                                | no        | none
          one on another branch         | 101 dispatch dev plain                             | no        | none
          two new                       | 101 dispatch main plain; 102 dispatch main plain   | ambiguous | 101, 102
          two, one with our word        | 101 dispatch main plain; 102 dispatch main word    | yes       | 102
          two, both with our word       | 101 dispatch main word; 102 dispatch main word     | ambiguous | 101, 102
          an old one with our word      | 99 dispatch main word                              | no        | none
          """)
  void among_runsAfterTheStart_takesOneOnlyIfItIsTheOne(
      String what, String runs, String started, String which) {
    var listed = Stream.of(runs.split(";")).map(each -> run(each.strip().split(" "))).toList();

    var made = StartedRun.among(listed, START, 100);

    assertThat(made.started()).as(what).isEqualTo(started);
    assertThat(made.runs()).as(what).isEqualTo(which);
  }

  private static Run run(String[] words) {
    var title = words[3].equals("word") ? "Rollback: p95 [" + word() + "]" : "Rollback";
    var event = words[1].equals("dispatch") ? "workflow_dispatch" : words[1];
    return new Run(
        Long.parseLong(words[0]),
        "rollback-production.yml",
        null,
        title,
        1,
        1,
        event,
        State.of("queued", null),
        words[2],
        null,
        null,
        null,
        null,
        null,
        "");
  }

  private static String word() {
    return Objects.requireNonNull(START.word(), "a reason is marked with a word");
  }
}
