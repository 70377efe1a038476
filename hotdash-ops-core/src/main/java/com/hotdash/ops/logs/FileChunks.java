package com.hotdash.ops.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cuts a file where a JSON line begins: no stack trace goes across such a place. */
final class FileChunks {
  private static final long SMALLEST = 4 << 20;
  private static final int WINDOW = 1 << 18;
  private static final String BEGINNING = "\n{\"timestamp\":\"";

  private FileChunks() {}

  record Chunk(long from, long to) {}

  static List<Chunk> of(Path file, int most) throws IOException {
    var chunks = new ArrayList<Chunk>();
    long size = Files.size(file);
    long parts = Math.min(most, Math.max(1, size / SMALLEST));
    long from = 0;
    for (int i = 1; i < parts; i++) {
      long cut = cut(file, size / parts * i);
      if (cut > from) {
        chunks.add(new Chunk(from, cut));
        from = cut;
      }
    }
    chunks.add(new Chunk(from, size));
    return chunks;
  }

  private static long cut(Path file, long near) throws IOException {
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(near);
      var window = new String(in.readNBytes(WINDOW), StandardCharsets.ISO_8859_1);
      int found = window.indexOf(BEGINNING);
      return found < 0 ? -1 : near + found + 1;
    }
  }
}
