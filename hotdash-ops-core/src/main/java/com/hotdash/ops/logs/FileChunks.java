package com.hotdash.ops.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
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
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      long parts = Math.min(most, Math.max(1, size / SMALLEST));
      long from = 0;
      for (int i = 1; i < parts; i++) {
        long cut = cut(in, size / parts * i);
        if (cut > from) {
          chunks.add(new Chunk(from, cut));
          from = cut;
        }
      }
      chunks.add(new Chunk(from, size));
    }
    return chunks;
  }

  private static long cut(RandomAccessFile in, long near) throws IOException {
    in.seek(near);
    var window = new byte[WINDOW];
    int got = in.read(window);
    int found =
        got < 0 ? -1 : new String(window, 0, got, StandardCharsets.ISO_8859_1).indexOf(BEGINNING);
    return found < 0 ? -1 : near + found + 1;
  }
}
