package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.app.Instances;
import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Where incidents on Fly take place: the simulated world in virtual time, in which whoever waits
 * lets it pass, and the runbook's eyes and hands. Closing it leaves nothing behind.
 */
final class FlyHall implements AutoCloseable {
  private final Path directory;
  private final Customers customers;
  private final Time time;
  private final SimulatedHotdash world;
  private final FlyClient client;

  /**
   * @param began the virtual time that it begins with
   */
  FlyHall(Path directory, Instant began) {
    this.directory = directory;
    var clock = FakeTime.startingAt(began);
    customers = new Customers(clock::now, clock::advance);
    var plain = clock.time();
    time = new Time(plain.clock(), plain.ticker(), this::sleep);
    world = new SimulatedHotdash(time, customers);
    client = FlyClient.from(Environment.of(world.variables())).time(time).build();
  }

  private void sleep(Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + wait);
    }
    customers.pass(wait);
  }

  /** Makes the runbook, by hand and through the public API only. */
  RunbookProcedures runbook() {
    return builder().build();
  }

  /** Begins a runbook of this world, to which others add their own. */
  RunbookBuilder builder() {
    return RunbookProcedures.builder()
        .time(time)
        .environmentName("game day")
        .operator("game day")
        .platform(client.app(SimulatedHotdash.APP).platform())
        .journal(new FileJournal(directory.resolve("journal.jsonl")));
  }

  /** Knows which machines run. */
  Instances instances() {
    return client.app(SimulatedHotdash.APP).instances();
  }

  Time time() {
    return time;
  }

  Customers customers() {
    return customers;
  }

  SimulatedHotdash world() {
    return world;
  }

  /** Returns a redactor that knows the tokens. */
  Redactor redactor() {
    return Redactor.SHAPES.and(client.redactor());
  }

  String description() {
    return world.description() + ", in virtual time";
  }

  @Override
  public void close() {
    client.close();
    world.close();
  }
}
