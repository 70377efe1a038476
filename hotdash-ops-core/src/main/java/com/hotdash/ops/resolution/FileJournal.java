package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A journal in a file, one JSON object a line, each forced to disk before {@link #append} returns.
 * Several processes may share the file. A line that a crash left half written is passed over by
 * readers and closed off by the next writer. Thread-safe.
 */
public final class FileJournal implements Journal {
  // A line is about a kilobyte, so this is years of incidents; beyond it something is wrong.
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  // Longer than anybody waits for a journal: the engine has gone on without it by then.
  private static final Duration BUSY_AT_MOST = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final Path file;

  /**
   * Names the file. It and its directory are made at the first entry.
   *
   * @param file the file
   */
  public FileJournal(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public void append(JournalEntry entry) {
    var line = JournalLines.write(entry) + "\n";
    try {
      var directory = file.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try (var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        lock(channel);
        var text = ByteBuffer.wrap((closeOff(channel) + line).getBytes(StandardCharsets.UTF_8));
        channel.position(channel.size());
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw failed("append", e);
    }
  }

  @Override
  public List<JournalEntry> entries() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new JournalException(
            "read", file + " is larger than 64 MiB", "move it aside once nothing is pending", null);
      }
      // Not readString: a line torn inside a character must not make the rest unreadable.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          .lines()
          .map(JournalLines::read)
          .flatMap(Optional::stream)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  @Override
  public Optional<String> absent() {
    return Files.exists(file)
        ? Optional.empty()
        : Optional.of(
            "there is no file "
                + file
                + ": nothing was ever journalled there, or HOTDASH_OPS_JOURNAL names the wrong one");
  }

  @Override
  public Optional<String> unwritable() {
    if (Files.exists(file)) {
      return Files.isRegularFile(file) && Files.isWritable(file)
          ? Optional.empty()
          : Optional.of(file + " is no file that can be written");
    }
    var above = file.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above != null && Files.isDirectory(above) && Files.isWritable(above)
        ? Optional.empty()
        : Optional.of(above + " is no directory in which " + file + " can be made");
  }

  @Override
  public String place() {
    return file.toString();
  }

  /** Locks the file until the channel closes; another journal or process may hold it meanwhile. */
  private void lock(FileChannel channel) throws IOException {
    var deadline = Time.SYSTEM.deadline(BUSY_AT_MOST);
    while (!tryLock(channel)) {
      if (deadline.expired() || !Time.SYSTEM.await(LOOK_AGAIN)) {
        throw new JournalException(
            "append",
            file + " is held by another process",
            "look who writes to it, or set HOTDASH_OPS_JOURNAL to another file",
            null);
      }
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held within this process, by another journal on the same file.
      return false;
    }
  }

  private static String closeOff(FileChannel channel) throws IOException {
    var last = ByteBuffer.allocate(1);
    return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n'
        ? "\n"
        : "";
  }

  private JournalException failed(String operation, Exception cause) {
    return new JournalException(
        operation,
        file + ": " + cause.getClass().getSimpleName() + " " + cause.getMessage(),
        "set HOTDASH_OPS_JOURNAL to a file in a directory that can be written",
        cause);
  }
}
