package com.hotdash.ops.logs;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a file side by side. */
final class ChunkedRead {
  private final Settings settings;
  private final Triggers triggers;
  private final Deadline deadline;

  ChunkedRead(Settings settings, Triggers triggers, Deadline deadline) {
    this.settings = settings;
    this.triggers = triggers;
    this.deadline = deadline;
  }

  /** Returns {@code null} if lines name machines: then a trace may go across the parts. */
  @Nullable LogSummary read(
      Path file, List<FileChunks.Chunk> chunks, LogQuery query, Executor executor)
      throws IOException {
    var tasks = new ArrayList<FutureTask<Part>>();
    for (var chunk : chunks) {
      tasks.add(new FutureTask<>(() -> part(file, chunk, query)));
    }
    for (var task : tasks.subList(1, tasks.size())) {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException e) {
        // The caller's thread runs what nobody else does, just below.
        break;
      }
    }
    tasks.forEach(FutureTask::run);
    var tally = new Tally(settings, query);
    var ended = Coverage.Ended.END;
    long bytes = 0;
    long cut = 0;
    for (var task : tasks) {
      var part = get(task);
      if (part.machines()) {
        return null;
      }
      tally.merge(part.tally());
      bytes += part.source().bytes();
      cut += part.source().cut();
      ended = part.ended() == Coverage.Ended.END ? ended : part.ended();
    }
    return new LogSummary(tally, query, bytes, cut, ended, settings.time().now());
  }

  private static Part get(FutureTask<Part> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("a part of the file could not be read", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptedOpsException(
          Fault.of("log", "file.read", "interrupted while other threads read").asRetryable(null));
    }
  }

  private Part part(Path file, FileChunks.Chunk chunk, LogQuery query) throws IOException {
    var tally = new Tally(settings, query);
    var scan = new LineScan(tally, triggers, settings.shortcuts());
    var source = new Source(scan, deadline, Long.MAX_VALUE, settings.maxLines());
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(chunk.from());
      var ended = source.read(new Limited(in, chunk.to() - chunk.from()));
      scan.end();
      return new Part(tally, source, ended, scan.machines());
    }
  }

  private record Part(Tally tally, Source source, Coverage.Ended ended, boolean machines) {}

  private static final class Limited extends InputStream {
    private final InputStream in;
    private long left;

    Limited(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int got = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, got);
      return got;
    }
  }
}
