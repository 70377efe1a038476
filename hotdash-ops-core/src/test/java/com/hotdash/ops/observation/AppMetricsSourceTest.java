package com.hotdash.ops.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppMetricsSourceTest {
  private final List<Duration> windows = new ArrayList<>();
  private final AppReader reader =
      new AppReader() {
        @Override
        public Estate.Part identity() {
          return new Estate.Part("application", "test", null);
        }

        @Override
        public Reading<AppHealth> health(Deadline deadline) {
          throw new AssertionError("nobody asked for it");
        }

        @Override
        public Reading<CertificateState> certificate(Deadline deadline) {
          throw new AssertionError("nobody asked for it");
        }

        @Override
        public Reading<AppWindow> metrics(Duration window, Deadline deadline) {
          windows.add(window);
          return Reading.unread(new NotChecked("metrics", Why.UNREACHABLE, "", ""));
        }
      };

  @ParameterizedTest
  @CsvSource({"60000, 10000", "15000, 7400", "1000, 450"})
  void read_window_fitsIntoTheLook(long lookMillis, long windowMillis) {
    var clock = new ManualTime();
    Executor here = Runnable::run;
    var observer =
        new Observer(
            List.of(new AppSource(reader), new AppMetricsSource(reader)),
            here,
            clock.time(),
            Redactor.SHAPES);

    var seen =
        observer.observe(
            Set.of(AppReader.METRICS), clock.time().deadline(Duration.ofMillis(lookMillis)));

    assertThat(windows).containsExactly(Duration.ofMillis(windowMillis));
    assertThat(seen.get(AppReader.METRICS).obstacle().orElseThrow().why())
        .isEqualTo(Why.UNREACHABLE);
  }
}
