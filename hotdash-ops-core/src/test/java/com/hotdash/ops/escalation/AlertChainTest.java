package com.hotdash.ops.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertChainTest {
  private static final Secret SECRET = Secret.of("canary-of-alerts");
  private static final AlertKey KEY =
      new AlertKey("production", Incident.HIGH_ERROR_RATE, "checkout");
  private static final Alert ALERT =
      Alert.of(
          KEY, Severity.CRITICAL, Page.builder().paragraph("7.4 % " + SECRET.reveal()).build());

  private final ManualTime clock = new ManualTime();
  private final List<String> asked = new ArrayList<>();
  private final Redactor redactor = Redactor.of(List.of(SECRET));

  private AlertChain chain(AlertSink... sinks) {
    return new AlertChain(List.of(sinks), redactor, Duration.ofSeconds(20));
  }

  private Deadline deadline() {
    return clock.time().deadline(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void raise_firstPlaceAnswers_nextIsTriedOnlyIfNobodyIsKnownToBeTold(Status status) {
    var delivery =
        chain(place("one", status), place("two", Status.CREATED)).raise(ALERT, deadline());

    boolean told = status != Status.FAILED && status != Status.UNCERTAIN;
    assertThat(asked).isEqualTo(told ? List.of("one") : List.of("one", "two"));
    assertThat(delivery.sink()).isEqualTo(told ? "one" : "two");
    assertThat(delivery.before()).hasSize(told ? 0 : 1);
    assertThat(delivery.delivered()).isTrue();
  }

  @Test
  void raise_allFail_tellsOfEachOne() {
    var delivery =
        chain(place("one", Status.FAILED), throwing(), place("three", Status.FAILED))
            .raise(ALERT, deadline());

    assertThat(delivery.status()).isEqualTo(Status.FAILED);
    assertThat(delivery.toString())
        .startsWith("NOBODY WAS TOLD (three)")
        .contains("before it: NOBODY WAS TOLD (one)")
        .contains("before it: UNCERTAIN (broken)")
        .doesNotContain(SECRET.reveal());
  }

  @Test
  void raise_firstPlaceTakesAllItsTime_leavesTimeForTheNext() {
    AlertSink slow =
        new Place("slow") {
          @Override
          public Delivery raise(Alert alert, Deadline limit) {
            clock.advance(limit.remaining());
            return Delivery.of(Status.UNCERTAIN, "slow", "no answer");
          }
        };

    assertThat(chain(slow, place("two", Status.CREATED)).raise(ALERT, deadline()).sink())
        .isEqualTo("two");
  }

  @Test
  void raise_noTimeLeft_fails() {
    var limit = deadline();
    clock.advance(Duration.ofMinutes(2));

    var delivery = chain(place("one", Status.CREATED)).raise(ALERT, limit);

    assertThat(delivery.status()).isEqualTo(Status.FAILED);
    assertThat(asked).isEmpty();
  }

  @Test
  void resolve_asksEveryPlaceAndTellsOfTheOneThatFailed() {
    var delivery =
        chain(
                place("one", Status.SUPPRESSED),
                place("two", Status.CLOSED),
                place("three", Status.FAILED))
            .resolve(KEY, Page.builder().build(), deadline());

    assertThat(asked).containsExactly("one", "two", "three");
    assertThat(delivery.status()).isEqualTo(Status.FAILED);
    assertThat(delivery.before()).extracting(Delivery::sink).containsExactly("one", "two");
  }

  @Test
  void resolve_oneClosed_tellsOfThatOne() {
    assertThat(
            chain(place("one", Status.SUPPRESSED), place("two", Status.CLOSED))
                .resolve(KEY, Page.builder().build(), deadline())
                .status())
        .isEqualTo(Status.CLOSED);
  }

  @Test
  void chain_withoutPlacesOrTime_isRefused() {
    assertThatThrownBy(this::chain).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new AlertChain(List.of(place("x", Status.CREATED)), redactor, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void written_alert_isRedacted() {
    var out = new StringBuilder();

    var delivery = new WrittenAlerts("a file", out, redactor).raise(ALERT, deadline());

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(out.toString())
        .startsWith("ALERT CRITICAL [production] High error rate: checkout")
        .contains("7.4 %")
        .doesNotContain(SECRET.reveal());
  }

  @Test
  void written_fullDisk_isNotDelivered() {
    var full =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text);
          }

          @Override
          public Appendable append(char c) throws IOException {
            return append("c");
          }
        };

    var delivery = new WrittenAlerts("a file", full, redactor).raise(ALERT, deadline());

    assertThat(delivery.delivered()).isFalse();
    assertThat(delivery.detail()).contains("no space left");
  }

  @ParameterizedTest
  @CsvSource({
    "production, checkout, true",
    "Production, ' Checkout ', true",
    "staging, checkout, false",
    "production, admin, false",
    "production, '', false"
  })
  void fingerprint_sameProblem_isTheSame(String environment, String subject, boolean same) {
    var other = new AlertKey(environment, Incident.HIGH_ERROR_RATE, subject);

    assertThat(other.fingerprint().equals(KEY.fingerprint())).isEqualTo(same);
    assertThat(other.fingerprint()).matches("[0-9a-f]{16}");
  }

  @Test
  void fingerprint_partsThatRunTogether_stayApart() {
    var one = new AlertKey("prod", Incident.SLOW_RESPONSE_TIMES, "1:x");
    var two = new AlertKey("prod", Incident.SLOW_RESPONSE_TIMES, "x");

    assertThat(one.fingerprint()).isNotEqualTo(two.fingerprint());
    // Written down in issues that live longer than a version of this library.
    assertThat(KEY.fingerprint()).isEqualTo("a32be0460d233fe1");
  }

  private AlertSink place(String name, Status status) {
    return new Place(name) {
      @Override
      public Delivery raise(Alert alert, Deadline limit) {
        asked.add(name());
        return Delivery.of(status, name(), "as told");
      }
    };
  }

  private AlertSink throwing() {
    return new Place("broken") {
      @Override
      public Delivery raise(Alert alert, Deadline limit) {
        throw new IllegalStateException("cannot log in with " + SECRET.reveal());
      }
    };
  }

  /** A place that does the same when a problem is over. */
  private abstract static class Place implements AlertSink {
    private final String name;

    Place(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Delivery resolve(AlertKey key, Page figures, Deadline limit) {
      return raise(ALERT, limit);
    }
  }
}
