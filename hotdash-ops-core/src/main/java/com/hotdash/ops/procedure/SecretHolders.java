package com.hotdash.ops.procedure;

import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Fault;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which machines that run have the present value of a secret, surely have a former one, or nobody
 * can tell of.
 */
record SecretHolders(Set<String> have, Set<String> lack, Set<String> unsure) {
  SecretHolders {
    have = Set.copyOf(have);
    lack = Set.copyOf(lack);
    unsure = Set.copyOf(unsure);
  }

  static SecretHolders of(SecretDigest secret, Observation seen) {
    return of(
        secret,
        seen.get(PlatformLook.MACHINES).toOptional().map(Machines::running).orElse(List.of()));
  }

  static SecretHolders of(SecretDigest secret, List<Machine> running) {
    var spread = secret.spread();
    var have = new HashSet<String>();
    var lack = new HashSet<String>();
    var unsure = new HashSet<String>();
    for (var machine : running) {
      if (isBehind(machine, secret)) {
        lack.add(machine.id());
      } else if (spread.unsure().contains(machine.id())
          || spread.state() == SecretSpread.State.UNKNOWN) {
        unsure.add(machine.id());
      } else {
        have.add(machine.id());
      }
    }
    return new SecretHolders(have, lack, unsure);
  }

  /** It was configured before, or its process began before and cannot have read what came after. */
  static boolean isBehind(Machine machine, SecretDigest secret) {
    var stored = secret.updatedAt();
    var started = machine.startedAt();
    return secret.spread().behind().contains(machine.id())
        || (stored != null && started != null && started.isBefore(stored));
  }

  /** Whether some have it and some do not, or may not. */
  boolean mixed() {
    return !lack.isEmpty() && (!have.isEmpty() || !unsure.isEmpty());
  }

  /** Whether none of those that run has it. */
  boolean staged() {
    return !lack.isEmpty() && have.isEmpty() && unsure.isEmpty();
  }

  /**
   * Tells what is wrong where some are refused: the value, or that it has not arrived. Where all
   * have it, or none, nobody has to be named.
   *
   * @param refused who surely is refused, others surely not; empty if nobody knows
   */
  Fault fault(Collection<String> refused) {
    if (lack.isEmpty()) {
      return have.isEmpty() || !unsure.isEmpty() ? Fault.UNCLEAR : Fault.NEW_VALUE;
    }
    if (staged()) {
      return Fault.FORMER_VALUE;
    }
    var who = refused.stream().filter(this::runs).collect(Collectors.toSet());
    if (who.isEmpty()) {
      return Fault.UNCLEAR;
    }
    if (have.containsAll(who)) {
      return Fault.NEW_VALUE;
    }
    return lack.containsAll(who) ? Fault.FORMER_VALUE : Fault.UNCLEAR;
  }

  private boolean runs(String machine) {
    return have.contains(machine) || lack.contains(machine) || unsure.contains(machine);
  }
}
