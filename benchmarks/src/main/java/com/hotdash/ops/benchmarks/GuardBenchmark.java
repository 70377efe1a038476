package com.hotdash.ops.benchmarks;

import com.hotdash.ops.shopify.Charge;
import com.hotdash.ops.shopify.Lane;
import com.hotdash.ops.shopify.ShopDomain;
import com.hotdash.ops.shopify.ShopGate;
import com.hotdash.ops.shopify.ShopifyGuard;
import com.hotdash.ops.shopify.ThrottleStatus;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the gate adds to a call that does not have to wait: leave before it, booking after it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx256m")
public class GuardBenchmark {
  // A bucket that no loop empties, so that nothing waits.
  private static final ThrottleStatus FULL = new ThrottleStatus(1e12, 1e12, 1e10);
  private static final Charge REPLY = new Charge(6, 3.0, FULL);

  private final ShopifyGuard guard = ShopifyGuard.builder().build();
  private final ShopGate gate = guard.gate(ShopDomain.of("hotdash"));

  /** Made by JMH. */
  public GuardBenchmark() {}

  /** Tells the gate how large the bucket is. */
  @Setup
  public void calibrate() {
    gate.tryAcquire(1, Lane.INTERACTIVE).orElseThrow().settle(new Charge(1, 1.0, FULL));
  }

  /** Ends the guard. */
  @TearDown
  public void close() {
    guard.close();
  }

  /**
   * One call without the call.
   *
   * @return what was held for it
   */
  @Benchmark
  public double uncontended() {
    try (var permit =
        gate.acquire(6, Lane.INTERACTIVE, Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      permit.settle(REPLY);
      return permit.cost();
    }
  }
}
