package com.hotdash.ops.testkit.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one directory that a server owns: its data and its log. */
record ServerFiles(Path root) {
  private static final long LOG_TAIL_BYTES = 4L << 20;

  static ServerFiles create() {
    try {
      return new ServerFiles(Files.createTempDirectory("hotdash-ops-pg"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return root.resolve("data");
  }

  Path log() {
    return root.resolve("server.log");
  }

  List<String> logLines() {
    try (var file = new RandomAccessFile(log().toFile(), "r")) {
      long skipped = Math.max(0, file.length() - LOG_TAIL_BYTES);
      file.seek(skipped);
      var bytes = new byte[(int) (file.length() - skipped)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that runs the server, by the server's own lock file; empty when it is stopped. */
  @Nullable ProcessHandle postmaster() {
    try {
      var first = Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip();
      return ProcessHandle.of(Long.parseLong(first)).orElse(null);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try {
      Files.walkFileTree(root, new Deleting());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server on its way out removes files under our feet, so a file that is gone is no error. */
  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      if (problem instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw problem;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
        throws IOException {
      if (problem != null) {
        throw problem;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
