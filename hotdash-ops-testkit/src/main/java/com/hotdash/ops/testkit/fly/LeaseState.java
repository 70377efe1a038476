package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lease on one machine, under the world's lock. */
final class LeaseState {
  private static final DateTimeFormatter OLD =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'").withZone(ZoneOffset.UTC);

  private final MachineState machine;
  private @Nullable Held held;

  /** A lease that was granted. */
  record Held(String nonce, Instant until, String owner, String description, String version) {}

  LeaseState(MachineState machine) {
    this.machine = machine;
  }

  /** Returns the lease that is in force, or null. */
  @Nullable Held now() {
    var now = machine.world.now();
    return held != null && held.until.isAfter(now) ? held : null;
  }

  /** Returns whether somebody else holds it: all who do not show its nonce are somebody else. */
  boolean foreign(@Nullable String nonce) {
    var lease = now();
    return lease != null && !lease.nonce.equals(nonce);
  }

  Held take(@Nullable String nonce, Duration ttl, String owner, String description) {
    if (foreign(nonce)) {
      throw conflict();
    }
    var old = now();
    var world = machine.world;
    var taken =
        new Held(
            old == null ? world.ids.hex(12) : old.nonce,
            // Fly counts in whole seconds.
            world.now().plus(ttl).truncatedTo(ChronoUnit.SECONDS),
            old == null ? owner : old.owner,
            old == null ? description : old.description,
            machine.current.id());
    held = taken;
    world.changed(old == null ? "lease.acquire" : "lease.refresh", machine.id, "by " + taken.owner);
    return taken;
  }

  void release(@Nullable String nonce) {
    if (now() == null) {
      throw Refusal.of(404, "lease not found");
    }
    if (foreign(nonce)) {
      throw conflict();
    }
    held = null;
    machine.world.changed("lease.release", machine.id, "");
  }

  Refusal conflict() {
    var lease = now();
    if (lease == null) {
      throw new IllegalStateException("no lease to be in conflict with");
    }
    boolean old = machine.world.has(FlyQuirk.OLD_LEASE_CONFLICT);
    String text =
        "machine ID "
            + machine.id
            + " lease currently held by "
            + lease.owner
            + ", expires at "
            + (old ? OLD.format(lease.until) : lease.until.toString());
    return old
        ? Refusal.with(
            Answer.json(409, Json.of("status", "error", "message", text, "code", "invalid")))
        : Refusal.of(409, text);
  }

  Object json(Held lease) {
    Map<String, @Nullable Object> inner =
        Json.of(
            "nonce",
            lease.nonce,
            "expires_at",
            lease.until.getEpochSecond(),
            "owner",
            lease.owner,
            "description",
            lease.description,
            "version",
            lease.version);
    return machine.world.has(FlyQuirk.BARE_LEASES)
        ? inner
        : Json.of("status", "success", "data", inner);
  }
}
