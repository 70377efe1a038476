package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.postgres.LongTransactions.Holder;
import com.hotdash.ops.testkit.postgres.ForgottenPreparedTransaction;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockChain;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {15, 18})
class LongTransactionsIT {
  private static final Duration ANY = Duration.ofMillis(1);

  @Parameter int major;

  @Test
  void longTransactions_chain_oldestFirstWithWhatItHoldsUp() {
    try (var chain = LockChain.start(hotdash().app(), 3);
        var diagnostics = Servers.as(hotdash().ops())) {
      var found = diagnostics.longTransactions(ANY);

      var first = found.transactions().get(0);
      assertThat(first.holder()).isEqualTo(Holder.SESSION);
      assertThat(first.id()).isEqualTo(String.valueOf(chain.rootPid()));
      assertThat(first.state()).isEqualTo("idle in transaction");
      assertThat(first.open()).isNotNull().isPositive();
      assertThat(first.holdsUp()).isEqualTo(2);
      assertThat(first.query()).doesNotContain("101").contains("where id = ?");
      assertThat(found.transactions())
          .extracting("id")
          .containsExactlyElementsOf(chain.pids().stream().map(String::valueOf).toList());
      assertThat(found.hidden()).isZero();
      assertThat(found.toString()).contains("3 long transactions", "pid " + chain.rootPid());
    }
  }

  @Test
  void longTransactions_preparedTransaction_isAHolderToo() {
    try (var prepared = ForgottenPreparedTransaction.start(hotdash().app(), 2);
        var diagnostics = Servers.as(hotdash().ops())) {
      assertThat(prepared.pids()).hasSize(2);
      assertThat(diagnostics.longTransactions(ANY).transactions())
          .filteredOn(each -> each.holder() == Holder.PREPARED)
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.id()).isEqualTo(ForgottenPreparedTransaction.GID);
                assertThat(each.xminAge()).isNotNull();
                assertThat(each.holdsUp()).isEqualTo(2);
              });
    }
  }

  @Test
  void longTransactions_younger_areLeftOut() {
    try (var chain = LockChain.start(hotdash().app(), 2);
        var diagnostics = Servers.as(hotdash().ops())) {
      assertThat(chain.pids()).hasSize(2);
      assertThat(diagnostics.longTransactions().transactions()).isEmpty();
      assertThat(diagnostics.longTransactions().toString()).contains("No long transaction seen");
    }
  }

  @Test
  void longTransactions_unprivileged_saysHowManyAreHidden() {
    try (var chain = LockChain.start(hotdash().app(), 2);
        var diagnostics = Servers.as(hotdash().plain())) {
      var found = diagnostics.longTransactions();

      assertThat(found.hidden()).isGreaterThanOrEqualTo(chain.pids().size());
      assertThat(found.toString()).contains("HIDDEN");
    }
  }

  @Test
  void longTransactions_zero_isRefused() {
    try (var diagnostics = Servers.as(hotdash().ops())) {
      assertThatThrownBy(() -> diagnostics.longTransactions(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Hotdash hotdash() {
    return Servers.of(major);
  }
}
