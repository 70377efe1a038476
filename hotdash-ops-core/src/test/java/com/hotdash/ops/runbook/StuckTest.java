package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.shop.ShopReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise of every look, where nothing answers: by its deadline and 250 ms, and never OK. */
@Timeout(60)
class StuckTest {
  private static final Duration WITHIN = Duration.ofMillis(300);
  private static final Duration PROMISE = WITHIN.plusMillis(250);

  /** What makes us wait for longer does so each time; a busy machine, now and then. */
  private static final int TRIES = 4;

  @ParameterizedTest
  @EnumSource
  void diagnose_nothingAnswers_endsByItsDeadlineAndIsUnknown(Incident incident) {
    try (var stuck = new Stuck();
        var ops = ops(stuck, bounded(64))) {
      var diagnosis = quickest(() -> ops.chapter(incident).diagnose(WITHIN));

      assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked())
          .as(diagnosis.toString())
          .extracting(NotChecked::why)
          .contains(NotChecked.Why.TIMED_OUT);
    }
  }

  /** Thirteen sources read at once: of fewer threads all are held, and none is left to close. */
  @ParameterizedTest
  @ValueSource(ints = {64, 6, 1})
  void triage_nothingAnswers_endsByItsDeadlineAndIsUnknown(int threads) {
    try (var stuck = new Stuck();
        var ops = ops(stuck, bounded(threads))) {
      var heard = new ArrayList<TriageReport>();
      var report = quickest(() -> ops.triage(WITHIN, heard::add));

      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.UNKNOWN);
      assertThat(report.ranked())
          .hasSize(Incident.values().length)
          .allMatch(each -> each.diagnosis().verdict() == Verdict.UNKNOWN);
      assertThat(heard).allMatch(each -> each.verdict() != Verdict.OK);
    }
  }

  private static <T> T quickest(Supplier<T> look) {
    var took = new ArrayList<Duration>();
    for (int i = 0; i < TRIES; i++) {
      long began = System.nanoTime();
      var result = look.get();
      took.add(Duration.ofNanos(System.nanoTime() - began));
      if (took.get(i).compareTo(PROMISE) <= 0) {
        return result;
      }
    }
    return fail("each took longer than " + PROMISE + ": " + took);
  }

  private static RunbookProcedures ops(Stuck stuck, Executor threads) {
    return RunbookProcedures.builder()
        .environmentName("production")
        .executor(threads)
        .platform(stuck.port(PlatformReader.class))
        .database(stuck.port(DatabaseReader.class))
        .pipeline(stuck.port(PipelineReader.class))
        .shop(stuck.port(ShopReader.class))
        .app(stuck.port(AppReader.class))
        .build();
  }

  /** As the runbook's own, which has sixty-four. */
  private static Executor bounded(int most) {
    return new ThreadPoolExecutor(
        0, most, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), StuckTest::daemon);
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "stuck");
    thread.setDaemon(true);
    return thread;
  }
}
