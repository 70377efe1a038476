package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.platform.MachineLease;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lease that somebody holds.
 *
 * @param lease what may be told of it
 * @param nonce with it anybody can end the lease, or {@code null} if Fly did not show it
 */
record HeldLease(MachineLease lease, @Nullable Secret nonce) {
  // Enough to tell two leases of one holder apart, and too little to guess a nonce of 48 bits from.
  private static final int MARK_BYTES = 2;

  /** Looks who holds a machine's lease: Fly answers with the nonce, {@code facts/fly.md} §8. */
  static Optional<HeldLease> look(AppCalls calls, String machineId, Deadline limit) {
    var held = Lease.look(calls, machineId, limit);
    return held == null ? Optional.empty() : Optional.of(from(held, machineId, calls));
  }

  private static HeldLease from(Fields held, String machineId, AppCalls calls) {
    var nonce = held.text("nonce", "");
    var seconds = held.number("expires_at");
    var lease =
        new MachineLease(
            machineId,
            told(held.text("owner", "somebody"), calls),
            told(held.text("description", ""), calls),
            seconds == null ? null : Instant.ofEpochSecond(seconds),
            mark(machineId + nonce));
    return new HeldLease(lease, nonce.isEmpty() ? null : Secret.of(nonce));
  }

  private static String told(String text, AppCalls calls) {
    return Texts.line(calls.api().redactor().redact(text));
  }

  private static String mark(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      var bytes = hash.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, MARK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Ends it, and only it: the nonce names it, so that a repetition, or one that comes too late,
   * meets no other.
   *
   * @throws FlyConflictException if another lease has taken its place
   */
  void end(AppCalls calls, Secret known, Deadline limit) {
    var request =
        HttpRequest.delete("lease.break", calls.machinePath(lease.machine(), "lease"))
            .idempotent()
            .accept(404);
    calls.change("lease.break", lease.machine(), request, known, limit);
  }
}
