package com.hotdash.ops.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarBinariesTest {
  @TempDir private Path directory;

  @Test
  void getPgBinary_jarWithArchive_givesItsBytesToWhateverSystemAsks() throws IOException {
    var binaries = new JarBinaries(jar("postgres-linux-x86_64.txz"));

    try (var in = binaries.getPgBinary("Linux", "x86_64")) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void getPgBinary_noArchive_namesTheJar() throws IOException {
    var binaries = new JarBinaries(jar("readme.txt"));

    assertThatThrownBy(() -> binaries.getPgBinary("Linux", "x86_64"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("binaries.jar");
  }

  @Test
  void equals_samePath_sharesTheUnpackedPrograms() {
    assertThat(new JarBinaries(Path.of("a.jar"))).isEqualTo(new JarBinaries(Path.of("a.jar")));
  }

  private Path jar(String entry) throws IOException {
    var jar = directory.resolve("binaries.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(new byte[] {1, 2, 3});
      zip.closeEntry();
    }
    return jar;
  }
}
