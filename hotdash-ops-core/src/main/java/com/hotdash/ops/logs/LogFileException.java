package com.hotdash.ops.logs;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A log file could not be opened, or changed while it was read. Nothing was read of it. */
public final class LogFileException extends OpsException {
  private static final long serialVersionUID = 1L;

  private LogFileException(Fault fault, IOException cause) {
    super(fault, cause);
  }

  static LogFileException of(Path file, IOException cause, LogRedaction redaction) {
    var name = redaction.of(file.toString(), 300);
    // A system's message may name the file too, unredacted.
    var safe = new IOException(cause.getClass().getSimpleName());
    safe.setStackTrace(cause.getStackTrace());
    return new LogFileException(fault(file, name, cause), safe);
  }

  private static Fault fault(Path file, String name, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return fault(
          name + " does not exist",
          "check the path, and whether the log was rotated: then name the newest file");
    }
    if (cause instanceof AccessDeniedException) {
      return fault(name + " may not be read", "ask for the right to read it, or copy it");
    }
    if (Files.isDirectory(file)) {
      return fault(name + " is a directory", "name one log file in it");
    }
    if (cause instanceof EOFException) {
      return fault(name + " became shorter while it was read", "read it again; it is being rotated")
          .asRetryable(null);
    }
    return fault(
        name + " could not be read (" + cause.getClass().getSimpleName() + ")",
        "look whether its disk is there and well, or copy the file and read the copy");
  }

  private static Fault fault(String problem, String nextStep) {
    return Fault.of("log", "file.read", problem).withNextStep(nextStep);
  }
}
