package com.hotdash.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
  private static final Secret SECRET = Secret.of("canary-of-captures");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private final SickPlatform platform =
      new SickPlatform()
          .machine("m1", "image-a", MachineState.STARTED)
          .machine("m2", "image-b", MachineState.STOPPED);
  private final SickDatabase database =
      new SickDatabase().idleInTransaction(4711, Duration.ofMinutes(9));

  private Capture capture() {
    var deadline = platform.clock.time().deadline(Duration.ofSeconds(5));
    try (var look = platform.look(deadline);
        var sessions = database.look(deadline)) {
      var seen =
          Observation.at(platform.clock.now())
              .with(PlatformLook.MACHINES, look.machines())
              .with(PlatformLook.LOGS, look.logs(HALF_HOUR, List.of()))
              .with(DatabaseLook.SESSIONS, sessions.sessions())
              .build();
      var estate = new Estate("production", List.of());
      return Capture.of(seen, estate, Redactor.of(List.of(SECRET)));
    }
  }

  private void logged(String message) {
    var at = platform.clock.now().minusSeconds(60);
    platform.lines.add(new LogLine(at, "m1", "ord", "app", "error", message, null));
  }

  @Test
  void page_whatWasSeen_isThereAndWhatWasNotIsSaid() {
    logged("boom of " + SECRET.reveal());

    var capture = capture();

    assertThat(capture.page().toText(100))
        .contains("Captured at 2026-11-23T03:00:00Z", "production")
        .contains("m1 STARTED healthy", "m2 STOPPED not running", "boom of ***", "4711@")
        .contains("NOT CAPTURED", "releases: not configured")
        .doesNotContain(SECRET.reveal());
    assertThat(capture.missing()).extracting(NotChecked::what).contains("releases");
    assertThat(capture.toString())
        .startsWith("captured at 2026-11-23T03:00:00Z: logs, machines, database sessions; NOT: ");
  }

  @Test
  void page_sessions_holdNoStatement() {
    assertThat(capture().page().toText(100))
        .contains("idle in transaction")
        .doesNotContain("select", "orders");
  }

  @Test
  void page_manyAndLongLines_areBoundedAndSaidToBe() {
    for (int i = 0; i < 900; i++) {
      platform.machine("x" + i, "image-a", MachineState.STARTED);
    }
    logged("y".repeat(5_000));

    var text = capture().page().toText(100);

    assertThat(text).containsPattern("[0-9]+ more lines are left out");
    assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(420);
  }

  @Test
  void writeTo_directory_isForItsOwnerAloneAndNeverAnOldOne(@TempDir Path folder) throws Exception {
    logged("boom of " + SECRET.reveal());
    var parent = folder.resolve("captures");

    var first = capture().writeTo(parent);
    var second = capture().writeTo(parent);

    assertThat(first).isNotEqualTo(second);
    assertThat(first.getFileName().toString()).isEqualTo("capture-2026-11-23T03-00-00Z");
    try (var files = Files.list(first)) {
      var all = files.toList();
      assertThat(all)
          .extracting(each -> each.getFileName().toString())
          .containsExactlyInAnyOrder(
              "capture.md", "capture.json", "logs.txt", "machines.txt", "database-sessions.txt");
      for (var file : all) {
        assertThat(permissions(file)).isIn("rw-------", null);
        assertThat(Files.readString(file)).isNotEmpty().doesNotContain(SECRET.reveal());
      }
    }
    assertThat(permissions(first)).isIn("rwx------", null);
    var json = JsonMapper.builder().build().readTree(first.resolve("capture.json").toFile());
    assertThat(json.get("schemaVersion").asInt()).isEqualTo(Report.SCHEMA_VERSION);
    assertThat(json.get("machines").get(0).asText()).startsWith("m1 STARTED");
  }

  private static @Nullable String permissions(Path path) throws Exception {
    return Files.getFileStore(path).supportsFileAttributeView("posix")
        ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
        : null;
  }
}
