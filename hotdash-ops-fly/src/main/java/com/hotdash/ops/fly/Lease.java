package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exclusive right to change one machine, for 30 s at a time, or as long as the one call may
 * take that it is for and 15 s more: a client that dies blocks nobody for longer. Whoever waits
 * while holding it calls {@link #refreshIfDue}. {@link #close} gives it back. Not thread-safe.
 */
public final class Lease implements AutoCloseable {
  static final Duration TTL = Duration.ofSeconds(30);
  // What is waited for between two refreshes, such as a poll of 8 s, ends well within this.
  private static final Duration LEAST = Duration.ofSeconds(20);
  // Beyond a call's own limit: the way there and back, and Fly's counting in whole seconds.
  private static final Duration MARGIN = Duration.ofSeconds(15);
  private static final Duration LEAST_MARGIN = Duration.ofSeconds(5);
  private static final Duration ACQUIRE_LIMIT = Duration.ofSeconds(10);
  // Given even when the deadline of the work has passed: an abandoned lease blocks the next person.
  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final AppCalls calls;
  private final String machineId;
  private final Secret nonce;
  private final String version;
  private @Nullable Instant expiresAt;
  private Deadline ours;
  private boolean released;

  private Lease(AppCalls calls, String machineId, Secret nonce, Fields data, Deadline ours) {
    this.calls = calls;
    this.machineId = machineId;
    this.nonce = nonce;
    this.version = data.text("version", "");
    this.expiresAt = expiry(data);
    this.ours = ours;
  }

  static Lease acquire(AppCalls calls, String machineId, Deadline deadline) {
    return acquire(calls, machineId, deadline, Duration.ZERO);
  }

  /** Takes it for a call that may take this long: it must not run out under a write. */
  static Lease acquire(AppCalls calls, String machineId, Deadline deadline, Duration longestCall) {
    var ttl = covering(longestCall);
    // Begun before it is asked for: it never seems to last longer than it does.
    var ours = calls.time().deadline(ttl);
    // By this the holder is told to others, and recognised by us if the answer is lost.
    var description =
        "hotdash-ops for %s %s".formatted(calls.operator(), UUID.randomUUID().toString());
    var limit = deadline.within(ACQUIRE_LIMIT);
    Map<String, Object> body = Map.of("ttl", ttl.toSeconds(), "description", description);
    var request =
        HttpRequest.post("lease.acquire", calls.machinePath(machineId, "lease")).json(body);
    Fields data;
    try {
      data = unwrapped(calls.object("lease.acquire", machineId, request, limit));
    } catch (OpsException e) {
      if (!e.outcomeUnknown()) {
        throw e;
      }
      data = adopted(calls, machineId, description, e);
    }
    return new Lease(calls, machineId, nonceOf(data, machineId), data, ours);
  }

  private static Duration covering(Duration call) {
    var needed = call.plus(MARGIN);
    return needed.compareTo(TTL) > 0 ? needed : TTL;
  }

  /** Looks who holds the lease of a machine; null if nobody does. Holds the nonce: never print. */
  static @Nullable Fields look(AppCalls calls, String machineId, Deadline limit) {
    var request = HttpRequest.get("lease.get", calls.machinePath(machineId, "lease"));
    try {
      return unwrapped(calls.object("lease.get", machineId, request, limit));
    } catch (FlyNotFoundException e) {
      return null;
    }
  }

  // The answer was lost: we may hold a lease whose nonce we never saw. Reading it tells.
  private static Fields adopted(
      AppCalls calls, String machineId, String description, OpsException lost) {
    var held = look(calls, machineId, calls.time().deadline(RELEASE_LIMIT));
    if (held == null || !description.equals(held.text("description"))) {
      throw lost;
    }
    return held;
  }

  // The live service wraps; its OpenAPI document does not.
  private static Fields unwrapped(Fields answer) {
    return answer.has("nonce") ? answer : answer.object("data");
  }

  private static Secret nonceOf(Fields data, String machineId) {
    var nonce = data.text("nonce");
    if (nonce == null || nonce.isEmpty()) {
      throw new FlyProtocolException(
          com.hotdash.ops.error.Fault.of(
                  "fly", "lease.acquire", "the lease of machine " + machineId + " has no nonce")
              .asOutcomeUnknown()
              .withNextStep("wait " + TTL.toSeconds() + " s: the lease ends by itself"),
          200,
          "",
          null);
    }
    return Secret.of(nonce);
  }

  private static @Nullable Instant expiry(Fields data) {
    var seconds = data.number("expires_at");
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }

  /**
   * Returns the machine that is leased.
   *
   * @return its id
   */
  public String machineId() {
    return machineId;
  }

  /**
   * Returns the machine's version when the lease was taken: if it is not the one that was read
   * before, read again.
   *
   * @return the version; empty if Fly does not say
   */
  public String version() {
    return version;
  }

  /**
   * Prolongs the lease if less than 20 s of it are left.
   *
   * @throws FlyConflictException if it was lost to somebody else
   */
  public void refreshIfDue() {
    if (ours.remaining().compareTo(LEAST) < 0) {
      refresh(TTL);
    }
  }

  /** Prolongs the lease if it could run out under a call of this length. */
  void cover(Duration call) {
    if (ours.remaining().compareTo(call.plus(LEAST_MARGIN)) < 0) {
      refresh(covering(call));
    }
  }

  private void refresh(Duration ttl) {
    var next = calls.time().deadline(ttl);
    var request =
        HttpRequest.post("lease.refresh", calls.machinePath(machineId, "lease"))
            .json(Map.of("ttl", ttl.toSeconds()))
            .secretHeader(AppCalls.NONCE, nonce)
            .idempotent();
    var limit = calls.time().deadline(ACQUIRE_LIMIT);
    expiresAt = expiry(unwrapped(calls.object("lease.refresh", machineId, request, limit)));
    ours = next;
  }

  Secret nonce() {
    return nonce;
  }

  Redactor redactor() {
    return Redactor.of(List.of(nonce));
  }

  /**
   * Gives the lease back, within 5 s. Throws nothing: if Fly cannot be reached, the lease ends by
   * itself. May be called twice.
   */
  @Override
  public void close() {
    if (released) {
      return;
    }
    released = true;
    // An interrupt ends the work, not the duty to give back: it is set again afterwards.
    boolean interrupted = Thread.interrupted();
    var request =
        HttpRequest.delete("lease.release", calls.machinePath(machineId, "lease"))
            .secretHeader(AppCalls.NONCE, nonce)
            .idempotent()
            .accept(404);
    try {
      calls
          .api()
          .send(
              FlyApi.machines("lease.release", machineId, request),
              calls.time().deadline(RELEASE_LIMIT));
    } catch (OpsException e) {
      LOG.warn(
          "the lease of machine {} was not given back and ends by itself at {}: {}",
          machineId,
          expiresAt,
          redactor().redact(String.valueOf(e.getMessage())));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return "Lease[machine " + machineId + ", until " + expiresAt + "]";
  }
}
