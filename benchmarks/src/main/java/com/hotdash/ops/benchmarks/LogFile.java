package com.hotdash.ops.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/**
 * A deterministic log as HotDash writes it: of a hundred entries 87 are JSON below ERROR, 60 % of
 * them with a duration, 8 request lines, 4 JSON errors and 1 plain text, some with a stack.
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
    if (kind < 8) {
      return "ERROR Could not refresh tile " + id + " for shop-" + id % 977 + ".example.com\n";
    }
    if (kind < 12) {
      return "PrismaClientKnownRequestError: ERROR Order "
          + id
          + " was not saved\n"
          + "    at load (file:///app/build/server/index-a1b2c3d4.js:12:3)\n"
          + "    at run (file:///app/build/server/index-a1b2c3d4.js:98:15)\n"
          + "    at processTicksAndRejections (node:internal/process/task_queues:95:5)\n";
    }
    if (kind < 92) {
      int status = random.nextInt(300) == 0 ? 500 : random.nextInt(12) == 0 ? 302 : 200;
      return "GET /app/orders/"
          + id
          + " "
          + status
          + " - - "
          + millis(random)
          + "."
          + (100 + random.nextInt(900))
          + " ms\n";
    }
    var time = Instant.ofEpochMilli(at).toString();
    if (time.length() == 20) {
      time = time.substring(0, 19) + ".000Z";
    }
    var request = "req_" + Long.toHexString(random.nextLong() >>> 4 | 1L << 59);
    int pick = random.nextInt(4);
    if (kind < 130) {
      return "{\"timestamp\":\""
          + time
          + "\",\"level\":\"error\",\"message\":\""
          + ERRORS[pick].formatted(id)
          + "\",\"service\":\"hotdash-app\",\"module\":\"shopify\",\"metadata\":{\"durationMs\":"
          + millis(random)
          + ",\"requestId\":\""
          + request
          + "\"},\"error\":{\"message\":\"ERROR "
          + id
          + "\",\"stack\":\"TypeError: "
          + id
          + "\\n    at load (file:///app/build/server/index-a1b2c3d4.js:12:3)\\n    at run (node:internal/x:1:2)\",\"code\":\""
          + CODES[pick]
          + "\"}}\n";
    }
    var level = kind < 180 ? "warn" : kind < 300 ? "debug" : "info";
    var duration =
        random.nextInt(10) < 6 ? "\"durationMs\":" + millis(random) + "," : "\"attempt\":1,";
    return "{\"timestamp\":\""
        + time
        + "\",\"level\":\""
        + level
        + "\",\"message\":\""
        + WORK[random.nextInt(WORK.length)]
        + "\",\"service\":\"hotdash-app\",\"module\":\"dashboard\",\"metadata\":{"
        + duration
        + "\"requestId\":\""
        + request
        + "\",\"shop\":\"hotrodan.myshopify.com\",\"items\":"
        + random.nextInt(50)
        + "}}\n";
  }

  /** Two in a hundred take half a second and more. */
  private static int millis(Random random) {
    return random.nextInt(50) == 0 ? 500 + random.nextInt(4_000) : 3 + random.nextInt(400);
  }
}
