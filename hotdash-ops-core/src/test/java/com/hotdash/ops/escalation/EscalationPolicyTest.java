package com.hotdash.ops.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.JournalException;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.Verification.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalationPolicyTest {
  private static final Instant SINCE = Diagnoses.AT;
  private static final EscalationPolicy POLICY = new EscalationPolicy(2, Duration.ofMinutes(30));

  private final MemoryJournal journal = new MemoryJournal();

  private void tried(String id, int minute, @Nullable String undoes) {
    var proposal =
        new Proposal(
            "platform.restart",
            new Target("app", "hotdash", "app hotdash"),
            Map.of(),
            List.of(),
            Map.of(),
            Pace.CAREFUL,
            List.of(),
            List.of(),
            List.of());
    journal.append(
        new JournalEntry.Started(
            id, at(minute), "digest", proposal, "sam", "why", Map.of(), undoes));
  }

  private void verified(String id, int minute, Result result) {
    journal.append(new JournalEntry.Verified(id, at(minute), result, "7.4 % errors"));
  }

  private static Instant at(int minute) {
    return SINCE.plus(Duration.ofMinutes(minute));
  }

  private EscalationPolicy.Decision decide(Verdict verdict, Journal from, int minute) {
    return POLICY.decide(
        Diagnoses.of(Incident.HIGH_ERROR_RATE, verdict), SINCE, from::entries, at(minute));
  }

  @ParameterizedTest
  @CsvSource({
    "OK, 99, false, nothing is wrong",
    "UNKNOWN, 1, true, nobody can say",
    "PROBLEM, 1, false, 2 of 2 attempts are left; 29 of 30 min are left",
    "PROBLEM, 29, false, 1 of 30 min",
    "PROBLEM, 30, true, 30 min have passed"
  })
  void decide_withoutAttempts_goesByVerdictAndTime(
      Verdict verdict, int minute, boolean due, String because) {
    var decision = decide(verdict, journal, minute);

    assertThat(decision.due()).isEqualTo(due);
    assertThat(decision.toString()).contains(because).startsWith(due ? "ESCALATE" : "go on");
  }

  @Test
  void decide_attempts_countOnlyThoseOfThisIncidentAndNoUndo() {
    tried("before", -1, null);
    tried("a", 1, null);
    tried("b", 2, "a");
    assertThat(decide(Verdict.PROBLEM, journal, 3).due()).isFalse();

    tried("c", 3, null);
    assertThat(decide(Verdict.PROBLEM, journal, 4).because())
        .containsExactly("2 attempts were made, 2 are allowed");
  }

  @ParameterizedTest
  @CsvSource({"CURED, false", "NOT_CURED, true", "INCONCLUSIVE, true"})
  void decide_verifiedAttempt_isDueUnlessItCured(Result result, boolean due) {
    tried("a", 1, null);
    verified("a", 2, Result.NOT_CURED);
    verified("a", 3, result);
    verified("unknown", 3, Result.NOT_CURED);

    var decision = decide(Verdict.PROBLEM, journal, 4);

    assertThat(decision.due()).isEqualTo(due);
    if (due) {
      assertThat(decision.because()).containsExactly("execution a is " + result + ": 7.4 % errors");
    }
  }

  @Test
  void decide_journalUnreadable_isDue() {
    var broken =
        new Journal() {
          @Override
          public void append(JournalEntry entry) {
            throw new AssertionError("a decision writes nothing");
          }

          @Override
          public List<JournalEntry> entries() {
            throw new JournalException("read", "the disk is gone", "mount it", null);
          }

          @Override
          public String place() {
            return "nowhere";
          }
        };

    assertThat(decide(Verdict.PROBLEM, broken, 1).toString())
        .contains("ESCALATE", "nobody can say how often", "the disk is gone");
  }

  @Test
  void policy_outOfBounds_isRefused() {
    assertThatThrownBy(() -> new EscalationPolicy(0, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EscalationPolicy(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EscalationPolicy.DEFAULT.toString()).contains("2 attempts", "30 min");
  }
}
