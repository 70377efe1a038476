package com.hotdash.ops.resolution;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locks that hold among all processes of one machine that share a directory, such as the journal's.
 * The operating system gives a lock back when its process dies. Where the directory cannot be
 * written, a lock holds within this object only and says so. Thread-safe.
 */
public final class FileLocks implements Locks {
  private final Path directory;
  private final Locks inProcess = new InProcessLocks();

  /**
   * Names the directory, which is made when the first lock is taken.
   *
   * @param directory where the lock files stand
   */
  public FileLocks(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  @Override
  public Attempt tryAcquire(String resource, String holder) {
    var own = inProcess.tryAcquire(resource, holder);
    if (!(own instanceof Attempt.Held held)) {
      return own;
    }
    try {
      return acquire(resource, holder, held);
    } catch (IOException e) {
      return new Both(held, null, "no lock file in " + directory + " (" + e.getMessage() + ")");
    }
  }

  private Attempt acquire(String resource, String holder, Attempt.Held held) throws IOException {
    Files.createDirectories(directory);
    var name = HexFormat.of().toHexDigits(resource.hashCode()) + ".lock";
    var channel =
        FileChannel.open(
            directory.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (locked(channel)) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        return new Both(held, channel, null);
      }
    } catch (IOException e) {
      // On a full disk the lock must not outlive the try, or nobody could ever take it again.
      channel.close();
      throw e;
    }
    held.close();
    try (channel) {
      var text = ByteBuffer.allocate(200);
      channel.read(text, 0);
      var other = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
      return new Attempt.HeldBy(other.isBlank() ? "another process" : other);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held within this process, through another object like this.
      return false;
    }
  }

  /** The lock within the process and, if it could be had, the one on the file. */
  private record Both(Attempt.Held held, @Nullable FileChannel channel, @Nullable String problem)
      implements Attempt.Held {
    @Override
    public void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        // The channel is closed all the same, and the lock with it.
        return;
      } finally {
        held.close();
      }
    }

    @Override
    public Optional<String> note() {
      return Optional.ofNullable(problem).map(why -> why + ": locked within this process only");
    }
  }
}
