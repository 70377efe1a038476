package com.hotdash.ops.procedure;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.MachineWake;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts from which scenarios of a fleet are built by hand. */
final class FleetWorld {
  static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

  private FleetWorld() {}

  static <T> Reading<T> read(T value) {
    return Reading.of(value, Evidence.of("", "test", NOW));
  }

  static <T> Reading<T> unread(String what) {
    return Reading.unread(new NotChecked(what, Why.TIMED_OUT, "no answer", "ask again"));
  }

  static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  static MachineCheck check(String name, MachineCheck.Status status) {
    return new MachineCheck(name, status, "", ago(3));
  }

  /** Runs since two days, of 2 GB, and passes its check. */
  static Machine machine(String id) {
    return new Machine(
        id,
        "v-" + id,
        "ord",
        "app",
        MachineState.STARTED,
        "started",
        new Image("app:118", "sha256:118"),
        118,
        new Guest("shared", 2, 2_048),
        false,
        true,
        1,
        List.of(check("http", MachineCheck.Status.PASSING)),
        List.of(),
        ago(2 * 24 * 60));
  }

  static Machine state(Machine of, MachineState state) {
    return change(of, state, of.image(), of.guest(), of.checks(), of.exits(), of.startedAt());
  }

  static Machine checks(Machine of, MachineCheck... checks) {
    return change(
        of, of.state(), of.image(), of.guest(), List.of(checks), of.exits(), of.startedAt());
  }

  static Machine failing(Machine of) {
    return checks(of, check("http", MachineCheck.Status.CRITICAL));
  }

  static Machine cordoned(Machine of) {
    return new Machine(
        of.id(),
        of.version(),
        of.region(),
        of.group(),
        of.state(),
        of.stateText(),
        of.image(),
        of.release(),
        of.guest(),
        true,
        of.hostReachable(),
        of.checksConfigured(),
        of.checks(),
        of.exits(),
        of.startedAt(),
        of.woken());
  }

  static Machine guest(Machine of, Guest guest) {
    return change(of, of.state(), of.image(), guest, of.checks(), of.exits(), of.startedAt());
  }

  static Machine started(Machine of, int minutesAgo) {
    return change(of, of.state(), of.image(), of.guest(), of.checks(), of.exits(), ago(minutesAgo));
  }

  /** It slept until a request came. */
  static Machine woken(Machine of, int minutesAgo) {
    return new Machine(
        of.id(),
        of.version(),
        of.region(),
        of.group(),
        of.state(),
        of.stateText(),
        of.image(),
        of.release(),
        of.guest(),
        of.cordoned(),
        of.hostReachable(),
        of.checksConfigured(),
        of.checks(),
        of.exits(),
        ago(minutesAgo),
        new MachineWake(ago(minutesAgo), null));
  }

  /** It was updated by a release, which may have brought no image. */
  static Machine updated(Machine of, int release) {
    return new Machine(
        of.id(),
        of.version(),
        of.region(),
        of.group(),
        of.state(),
        of.stateText(),
        of.image(),
        release,
        of.guest(),
        of.cordoned(),
        of.hostReachable(),
        of.checksConfigured(),
        of.checks(),
        of.exits(),
        of.startedAt(),
        of.woken());
  }

  static Machine image(Machine of, int release) {
    return change(
        of,
        of.state(),
        new Image("app:" + release, "sha256:" + release),
        of.guest(),
        of.checks(),
        of.exits(),
        of.startedAt());
  }

  static Machine exits(Machine of, MachineExit... exits) {
    return change(
        of, of.state(), of.image(), of.guest(), of.checks(), List.of(exits), of.startedAt());
  }

  static MachineExit exit(int minutesAgo, int code, boolean outOfMemory) {
    return new MachineExit(ago(minutesAgo), code, outOfMemory, false, 1);
  }

  private static Machine change(
      Machine of,
      MachineState state,
      Image image,
      Guest guest,
      List<MachineCheck> checks,
      List<MachineExit> exits,
      @Nullable Instant startedAt) {
    return new Machine(
        of.id(),
        of.version(),
        of.region(),
        of.group(),
        state,
        state.name(),
        image,
        of.release(),
        guest,
        of.cordoned(),
        of.hostReachable(),
        of.checksConfigured(),
        checks,
        exits,
        startedAt,
        of.woken());
  }

  static Machines machines(Machine... all) {
    return new Machines(List.of(all));
  }

  static Release release(int version, int minutesAgo) {
    return new Release(
        version,
        Release.Status.COMPLETE,
        "complete",
        new Image("app:" + version, "sha256:" + version),
        ago(minutesAgo),
        "alice",
        "Release");
  }

  static Reading<LogSummary> logs(LogLine... lines) {
    var first = new LogLine(ago(10), "m1", "ord", "app", "info", "started", null);
    var all = new ArrayList<>(Stream.concat(Stream.of(first), Stream.of(lines)).toList());
    var query = new LogQuery("test", ago(10), NOW, false, List.of());
    return LogReader.builder().build().read(all, query).reading();
  }

  static LogLine line(String machine, int secondsAgo, String message) {
    return new LogLine(NOW.minusSeconds(secondsAgo), machine, "ord", "app", "error", message, null);
  }

  static Reading<Connectivity> database() {
    return connectivity(null);
  }

  static Reading<Connectivity> databaseFails(FailureKind kind) {
    return connectivity(new ConnectFailure(kind, null, "it said so", "see to it"));
  }

  private static Reading<Connectivity> connectivity(@Nullable ConnectFailure failure) {
    var stage = new StageResult(Stage.LOGIN, Duration.ofMillis(12), failure);
    return read(
        new Connectivity(
            List.of(
                new EndpointProbe(
                    "DATABASE_URL", "db.example.com:6543", true, true, null, List.of(stage)))));
  }

  static Reading<ShopAnswer> shop(ShopTrouble trouble) {
    boolean fine = trouble == ShopTrouble.NONE;
    return read(
        new ShopAnswer(
            trouble,
            fine ? "" : "it said so",
            fine ? "" : "see to it",
            Duration.ofMillis(120),
            null));
  }
}
