package com.hotdash.ops.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/**
 * A deterministic log as HotDash writes it: nine in ten lines are information, one in twenty
 * errors.
 */
final class LogFile {
  private static final String[] ERRORS = {
    "Order %d failed",
    "Shopify request %d was throttled",
    "Sync of product %d broke",
    "No session for shop %d"
  };
  private static final String[] CODES = {"P2024", "P1001", "ECONNRESET", "ETIMEDOUT"};
  private static final String[] WORK = {
    "Loader finished", "Shopify request completed", "Tile refreshed", "Webhook handled", "Job done"
  };

  private LogFile() {}

  static void write(Path file, long size) throws IOException {
    var random = new Random(42);
    long at = Instant.parse("2026-11-23T00:00:00.001Z").toEpochMilli();
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (long written = 0; written < size; ) {
        at += random.nextInt(20);
        var line = line(random, at).getBytes(StandardCharsets.UTF_8);
        out.write(line);
        written += line.length;
      }
    }
  }

  private static String line(Random random, long at) {
    int kind = random.nextInt(1_000);
    int id = 1_000_000 + random.nextInt(8_000_000);
    int ms = random.nextInt(800);
    if (kind < 10) {
      return "ERROR Could not refresh tile " + id + " for shop-" + id % 977 + ".example.com\n";
    }
    if (kind < 30) {
      return "GET /app/orders/" + id + " 200 - - " + ms + "." + random.nextInt(1_000) + " ms\n";
    }
    var time = Instant.ofEpochMilli(at).toString();
    if (time.length() == 20) {
      time = time.substring(0, 19) + ".000Z";
    }
    int pick = random.nextInt(4);
    if (kind < 80) {
      return "{\"timestamp\":\""
          + time
          + "\",\"level\":\"error\",\"message\":\""
          + ERRORS[pick].formatted(id)
          + "\",\"service\":\"hotdash-app\",\"module\":\"shopify\",\"metadata\":{\"durationMs\":"
          + ms
          + ",\"requestId\":\"req_"
          + id
          + "\"},\"error\":{\"message\":\"ERROR "
          + id
          + "\",\"stack\":\"TypeError: "
          + id
          + "\\n    at load (file:///app/build/server/index-a1b2c3d4.js:12:3)\\n    at run (node:internal/x:1:2)\",\"code\":\""
          + CODES[pick]
          + "\"}}\n";
    }
    var level = kind < 130 ? "warn" : "info";
    return "{\"timestamp\":\""
        + time
        + "\",\"level\":\""
        + level
        + "\",\"message\":\""
        + WORK[random.nextInt(WORK.length)]
        + "\",\"service\":\"hotdash-app\",\"module\":\"dashboard\",\"metadata\":{\"durationMs\":"
        + ms
        + ",\"requestId\":\"req_"
        + id
        + "\",\"shop\":\"hotrodan.myshopify.com\",\"items\":"
        + random.nextInt(50)
        + "}}\n";
  }
}
