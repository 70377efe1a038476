package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.observation.Observer;
import com.hotdash.ops.observation.Source;
import com.hotdash.ops.procedure.Procedure;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JudgeTest {
  private static final ReadingKey<String> QUICK = new ReadingKey<>("quick", "set QUICK");
  private static final ReadingKey<String> SLOW = new ReadingKey<>("slow", "set SLOW");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch letSlow = new CountDownLatch(1);
  private final Fake quick = new Fake(QUICK, new CountDownLatch(0));
  private final Fake slow = new Fake(SLOW, letSlow);
  private final Judge judge =
      new Judge(
          new Observer(List.of(quick, slow), threads, Time.SYSTEM, Redactor.SHAPES),
          new Estate("production", List.of()),
          Time.SYSTEM,
          () -> false);

  @AfterEach
  void letGo() {
    letSlow.countDown();
    threads.shutdownNow();
  }

  @Test
  void triage_oneSourceSlow_tellsWhatIsKnownAndNoMore() {
    var heard = new ArrayList<TriageReport>();

    var report =
        judge.triage(
            List.of(
                new Needing(Incident.HIGH_ERROR_RATE, QUICK, SLOW),
                new Needing(Incident.MEMORY_CPU_ISSUES, QUICK)),
            LONG,
            soFar -> {
              heard.add(soFar);
              letSlow.countDown();
            });

    assertThat(heard)
        .singleElement()
        .satisfies(
            soFar -> {
              assertThat(soFar.complete()).isFalse();
              assertThat(soFar.verdict()).isEqualTo(Verdict.UNKNOWN);
              assertThat(soFar.ranked())
                  .extracting(each -> each.diagnosis().incident())
                  .containsExactly(Incident.MEMORY_CPU_ISSUES);
            });
    assertThat(report.complete()).isTrue();
    assertThat(report.verdict()).isEqualTo(Verdict.OK);
    assertThat(report.ranked()).hasSize(2);
  }

  @Test
  void triage_nothingComesInTime_tellsOfAllThatNothingIsKnown() {
    var heard = new ArrayList<TriageReport>();

    var report =
        judge.triage(
            List.of(new Needing(Incident.HIGH_ERROR_RATE, SLOW)),
            Duration.ofMillis(200),
            heard::add);

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.notChecked())
        .extracting(NotChecked::why)
        .containsExactly(NotChecked.Why.TIMED_OUT);
    assertThat(heard).allMatch(soFar -> soFar.verdict() == Verdict.UNKNOWN);
  }

  @Test
  void triage_severalNeedTheSame_readsItOnce() {
    letSlow.countDown();

    judge.triage(
        List.of(
            new Needing(Incident.HIGH_ERROR_RATE, QUICK, SLOW),
            new Needing(Incident.MEMORY_CPU_ISSUES, QUICK, SLOW)),
        LONG,
        soFar -> {});

    assertThat(quick.looks).hasValue(1);
    assertThat(slow.looks).hasValue(1);
  }

  private record Needing(Incident incident, Set<ReadingKey<?>> needs) implements Procedure {
    Needing(Incident incident, ReadingKey<?>... needs) {
      this(incident, Set.of(needs));
    }

    @Override
    public Diagnosis diagnose(Observation seen, Estate estate) {
      var gaps = needs.stream().flatMap(key -> seen.get(key).obstacle().stream()).toList();
      return new Diagnosis(
          incident,
          estate,
          seen.at(),
          gaps.isEmpty() ? Verdict.OK : Verdict.UNKNOWN,
          List.of(),
          gaps,
          List.of(),
          List.of());
    }
  }

  private static final class Fake implements Source {
    private final ReadingKey<String> key;
    private final CountDownLatch until;
    private final AtomicInteger looks = new AtomicInteger();

    Fake(ReadingKey<String> key, CountDownLatch until) {
      this.key = key;
      this.until = until;
    }

    @Override
    public Set<ReadingKey<?>> keys() {
      return Set.of(key);
    }

    @Override
    public Look open(Deadline deadline) {
      looks.incrementAndGet();
      return new Look() {
        @Override
        public void read(Sink sink) {
          try {
            until.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
          sink.put(key, Reading.of("1", Evidence.of("1", "a fake", Instant.EPOCH)));
        }

        @Override
        public void close() {}
      };
    }
  }
}
