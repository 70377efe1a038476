package com.hotdash.ops.report;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;

/** Writes the files of a capture where nobody else reads them. */
final class CaptureFiles {
  private static final int SAME_SECOND = 100;

  private CaptureFiles() {}

  static Path write(Path parent, Instant at, Map<String, String> files) throws IOException {
    Files.createDirectories(parent);
    var directory = directory(parent, at);
    for (var file : files.entrySet()) {
      var path = Files.createFile(directory.resolve(file.getKey()), only("rw-------"));
      Files.writeString(path, file.getValue(), StandardOpenOption.TRUNCATE_EXISTING);
    }
    return directory;
  }

  /** Never one that is there: two captures of one second are two. */
  private static Path directory(Path parent, Instant at) throws IOException {
    // Colons are no part of a file's name everywhere.
    var name = "capture-" + at.toString().replaceAll("[:.]", "-");
    var directory = parent.resolve(name);
    for (int i = 2; Files.exists(directory) && i <= SAME_SECOND; i++) {
      directory = parent.resolve(name + "-" + i);
    }
    // Made anew or not at all: somebody else's, or a link, is refused.
    return Files.createDirectory(directory, only("rwx------"));
  }

  private static FileAttribute<?>[] only(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
