package com.hotdash.ops.fly;

import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which machines have the present values of secrets. An update takes what is stored ({@code
 * facts/fly.md} §15.3), and a machine's version tells when it was updated. flyctl compares with the
 * time of the release that a machine names, which misses what was rolled out without one: scaling,
 * and our own roll-outs.
 *
 * @param machines the app's machines
 */
record SecretsTaken(List<Machine> machines) {
  private enum Taken {
    YES,
    NO,
    UNSURE
  }

  /** Adds to a secret which machines have its value. */
  SecretDigest of(SecretName secret) {
    return new SecretDigest(
        secret.name(), secret.digest(), secret.updatedAt(), spread(secret.updatedAt()));
  }

  private SecretSpread spread(@Nullable Instant stored) {
    int taken = 0;
    var behind = new ArrayList<String>();
    var unsure = new ArrayList<String>();
    for (var machine : machines) {
      switch (taken(machine, stored)) {
        case YES -> taken++;
        case NO -> behind.add(machine.id());
        case UNSURE -> unsure.add(machine.id());
      }
    }
    return SecretSpread.of(taken, behind, unsure);
  }

  private static Taken taken(Machine machine, @Nullable Instant stored) {
    var configured = Ulids.time(machine.instanceId()).orElse(null);
    if (configured == null || stored == null) {
      return Taken.UNSURE;
    }
    // A time without a fraction may have had one.
    var surely =
        stored.equals(stored.truncatedTo(ChronoUnit.SECONDS)) ? stored.plusSeconds(1) : stored;
    if (!configured.isBefore(surely.truncatedTo(ChronoUnit.MILLIS))) {
      return Taken.YES;
    }
    var started = PortRecords.startedAt(machine);
    boolean startedSince = started != null && !started.isBefore(stored);
    // Whether a start or restart takes it is not settled for running machines.
    return configured.isBefore(stored) && !startedSince ? Taken.NO : Taken.UNSURE;
  }
}
