package com.hotdash.ops.examples.host;

import com.hotdash.ops.monitor.Monitor;
import com.hotdash.ops.monitor.MonitorSchedule;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Triage every five minutes; issues open and close by themselves. Argument: the heartbeat's file.
 */
public final class ScheduledWatch {
  private ScheduledWatch() {}

  /**
   * Watches until the process is ended.
   *
   * @param args a file of whose age something else takes care: a watch that died is silent
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    try (var ops = RunbookProcedures.fromEnvironment();
        var monitor = monitor(ops, Path.of(args.length == 0 ? "watch.txt" : args[0]));
        var schedule = MonitorSchedule.start(monitor, MonitorSchedule.EVERY, Time.SYSTEM)) {
      System.out.println(schedule);
      new CountDownLatch(1).await(); // until the process is ended
    }
  }

  static Monitor monitor(RunbookProcedures ops, Path file) {
    return ops.monitor(
        it ->
            it.heartbeat(
                tick -> {
                  try {
                    Files.writeString(file, tick + "\n");
                  } catch (IOException e) {
                    throw new UncheckedIOException("heartbeat to " + file, e);
                  }
                }));
  }
}
