package com.hotdash.ops.benchmarks;

import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Groups a gigabyte of log lines, beside the runbook's own pipeline on the same file. */
public final class LogGroupingRun {
  private static final String PIPELINE =
      "grep ERROR \"$0\" | awk '{print $NF}' | sort | uniq -c | sort -rn";

  private LogGroupingRun() {}

  /**
   * Runs both by turns. Arguments: the file (made if missing), rounds (3), megabytes (1024).
   *
   * @param args file, rounds, megabytes
   * @throws IOException if the file cannot be made or read
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var file = Path.of(args[0]);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    long size = (args.length > 2 ? Long.parseLong(args[2]) : 1024) << 20;
    if (!Files.exists(file)) {
      LogFile.write(file, size);
    }
    double mb = Files.size(file) / 1e6;
    var workers = Executors.newFixedThreadPool(1);
    try {
      var two = LogReader.builder().executor(workers, 2).build();
      var one = LogReader.builder().build();
      for (int round = 1; round <= rounds; round++) {
        double ours = ours(two, file);
        double alone = ours(one, file);
        double asIs = pipeline(file, false);
        double inC = pipeline(file, true);
        System.out.printf(
            "round %d: ours, 2 threads %.2f s (%.0f MB/s); 1 thread %.2f s (%.0f MB/s); pipeline %.2f s; "
                + "LC_ALL=C %.2f s; ratio %.2f and %.2f; peak heap %d MB%n",
            round,
            ours,
            mb / ours,
            alone,
            mb / alone,
            asIs,
            inC,
            asIs / ours,
            inC / ours,
            peak() >> 20);
      }
      System.out.println(two.read(file, LogQuery.all(file.getFileName().toString())));
    } finally {
      workers.shutdownNow();
    }
  }

  private static double ours(LogReader reader, Path file) throws IOException {
    long start = System.nanoTime();
    var summary = reader.read(file, LogQuery.all("benchmark"));
    if (!summary.coverage().complete()) {
      throw new IllegalStateException("not all was read: " + summary.coverage());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double pipeline(Path file, boolean plain)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", PIPELINE, file.toString());
    if (plain) {
      builder.environment().put("LC_ALL", "C");
    }
    builder.redirectOutput(new File("/dev/null")).redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.nanoTime();
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException("the pipeline failed");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
