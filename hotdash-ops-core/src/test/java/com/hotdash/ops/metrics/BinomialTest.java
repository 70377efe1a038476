package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hotdash.ops.evidence.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, UNKNOWN",
    "1, 12, UNKNOWN",
    "9, 10, PROBLEM",
    "2, 2, PROBLEM",
    "0, 20, UNKNOWN",
    "0, 200, OK",
    "5, 100, UNKNOWN",
    "500, 10000, OK",
    "501, 10000, PROBLEM",
    "100, 10000, OK",
    "900, 10000, PROBLEM",
    "NaN, 10, UNKNOWN"
  })
  void judge_fivePercent_decidesByBounds(double hits, double total, Verdict expected) {
    assertThat(Binomial.judge(hits, total, 0.05)).isEqualTo(expected);
  }

  /** Counters above 2^53 are nonsense, but a judgement of them must end. */
  @ParameterizedTest
  @CsvSource({
    "4.9e14, 1e16, OK",
    "5.1e14, 1e16, PROBLEM",
    "0, 1e18, OK",
    "1e300, 1e301, PROBLEM",
    "1.7e308, 1.7e308, PROBLEM"
  })
  void judge_giantCounters_endsAtOnce(double hits, double total, Verdict expected) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(Binomial.judge(hits, total, 0.05)).isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "5e6", "5e7", "99999999"})
  void bounds_whereTheExactOnesEnd_goOn(double hits) {
    double exact = Binomial.upper(hits, 1e8);

    assertThat(Binomial.upper(hits, 1e8 + 1)).isCloseTo(exact, within(1e-7));
    assertThat(Binomial.lower(hits, 1e8 + 1))
        .isCloseTo(Binomial.lower(hits, 1e8), within(1e-7))
        .isBetween(0.0, hits / 1e8);
  }

  @Test
  void atMost_smallNumbers_agreesWithExactSums() {
    for (int n = 1; n <= 40; n++) {
      for (int k = 0; k < n; k++) {
        for (var p : new String[] {"0.01", "0.05", "0.5", "0.93"}) {
          double exact = exact(k, n, new BigDecimal(p)).doubleValue();
          assertThat(Binomial.atMost(k, n, Double.parseDouble(p)))
              .isCloseTo(exact, within(1e-11 + exact * 1e-10));
        }
      }
    }
  }

  @Test
  void bounds_anyCounts_haveTheirTail() {
    for (int n = 1; n <= 30; n++) {
      for (int k = 0; k <= n; k++) {
        if (k < n) {
          var upper = new BigDecimal(Binomial.upper(k, n));
          assertThat(exact(k, n, upper).doubleValue()).isCloseTo(0.025, within(1e-9));
        }
        if (k > 0) {
          var lower = new BigDecimal(Binomial.lower(k, n));
          assertThat(1 - exact(k - 1, n, lower).doubleValue()).isCloseTo(0.025, within(1e-9));
        }
      }
    }
  }

  private static BigDecimal exact(int k, int n, BigDecimal p) {
    var context = new MathContext(60);
    var sum = BigDecimal.ZERO;
    var choose = BigDecimal.ONE;
    for (int i = 0; i <= k; i++) {
      sum =
          sum.add(
              choose
                  .multiply(p.pow(i, context))
                  .multiply(BigDecimal.ONE.subtract(p).pow(n - i, context)),
              context);
      choose =
          choose.multiply(BigDecimal.valueOf(n - i)).divide(BigDecimal.valueOf(i + 1), context);
    }
    return sum;
  }
}
