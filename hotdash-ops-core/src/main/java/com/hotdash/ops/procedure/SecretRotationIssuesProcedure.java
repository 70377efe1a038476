package com.hotdash.ops.procedure;

import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Fault;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.HalfPair;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.LiveLogin;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Refusals;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Spread;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.StartFailure;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Stored;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges a rotation of secrets that breaks something (R8): a pure function of an observation.
 * Immutable and thread-safe.
 */
public final class SecretRotationIssuesProcedure implements Procedure {
  private static final Needs NEEDS =
      Needs.required(PlatformLook.SECRETS, PlatformLook.MACHINES)
          .optional(PlatformLook.LOGS)
          .explaining(PlatformLook.RELEASES, DatabaseLook.CONNECTIVITY, ShopLook.ANSWER);
  private static final Set<FailureKind> REFUSED =
      Set.of(
          FailureKind.PASSWORD_REFUSED,
          FailureKind.PASSWORD_MISSING,
          FailureKind.ROLE_REFUSED,
          FailureKind.PROJECT_NOT_FOUND,
          FailureKind.BANNED);

  // A signal of the kernel, for memory as a rule (facts on Fly).
  private static final int KILLED = 137;
  // As for ends by want of memory: what is older is known, or nobody minds.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final SecretRotationIssuesThresholds thresholds;
  private final List<String> requiredSecrets;

  /**
   * Makes the procedure for HotDash's ten secrets.
   *
   * @param thresholds from where on something is a problem
   */
  public SecretRotationIssuesProcedure(SecretRotationIssuesThresholds thresholds) {
    this(thresholds, RequiredSecrets.NAMES);
  }

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   * @param requiredSecrets the names of the secrets without which the application does not work
   */
  public SecretRotationIssuesProcedure(
      SecretRotationIssuesThresholds thresholds, List<String> requiredSecrets) {
    this.thresholds = thresholds;
    this.requiredSecrets = List.copyOf(requiredSecrets);
  }

  @Override
  public Incident incident() {
    return Incident.SECRET_ROTATION_ISSUES;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    return NEEDS.keys();
  }

  @Override
  public Diagnosis diagnose(Observation seen, Estate estate) {
    var findings = new ArrayList<SecretRotationIssuesFinding>();
    if (seen.get(PlatformLook.SECRETS) instanceof Reading.Read<List<SecretDigest>> read) {
      var evidence = List.of(read.evidence());
      findings.add(
          new Stored(
              requiredSecrets.size(),
              RequiredSecrets.missing(requiredSecrets, read.value()),
              evidence));
      Needs.read(seen, PlatformLook.MACHINES)
          .ifPresent(
              machines ->
                  findings.add(
                      spread(
                          read.value(),
                          machines.value(),
                          seen,
                          List.of(read.evidence(), machines.evidence()))));
      Needs.read(seen, PlatformLook.MACHINES)
          .flatMap(machines -> startFailure(machines, seen))
          .ifPresent(findings::add);
    }
    if (seen.get(PlatformLook.LOGS) instanceof Reading.Read<LogSummary> read) {
      refusals(read, seen, findings);
    }
    logins(seen, findings);
    if (seen.get(PlatformLook.SECRETS) instanceof Reading.Read<List<SecretDigest>> read) {
      pairs(read, seen, findings);
    }
    var verdict = NEEDS.verdict(seen, findings);
    var notChecked = new ArrayList<>(NEEDS.notChecked(seen));
    unreadLog(seen).ifPresent(log -> notChecked.add(Lately.restOf(log)));
    if (verdict == Verdict.OK && unreadLog(seen).isPresent()) {
      verdict = Verdict.UNKNOWN;
    }
    var advice = new SecretRotationIssuesAdvice(seen, findings);
    return new Diagnosis(
        incident(),
        estate,
        seen.at(),
        verdict,
        List.copyOf(findings),
        notChecked,
        WhatChanged.around(seen, onset(seen)),
        advice.recommendations(),
        advice.contraindications());
  }

  private static Spread spread(
      List<SecretDigest> secrets, Machines machines, Observation seen, List<Evidence> evidence) {
    var behind = new LinkedHashSet<String>();
    var mixed = new ArrayList<SecretDigest>();
    var staged = new ArrayList<String>();
    var unsure = new ArrayList<String>();
    var sick = Affected.of(seen).sick();
    boolean suspect = false;
    for (var secret : secrets.stream().sorted(newestFirst()).toList()) {
      var holders = SecretHolders.of(secret, machines.running());
      if (holders.mixed()) {
        mixed.add(secret);
        behind.addAll(new TreeSet<>(holders.lack()));
        suspect |= holders.fault(sick) == Fault.NEW_VALUE;
      } else if (holders.staged()) {
        staged.add(secret.name());
      } else if (secret.spread().state() == SecretSpread.State.UNKNOWN) {
        unsure.add(secret.name());
      }
    }
    return new Spread(
        mixed.stream().map(SecretDigest::name).toList(),
        mixed.isEmpty() ? null : mixed.get(0).updatedAt(),
        List.copyOf(behind),
        staged,
        machines.running().size(),
        unsure,
        suspect,
        evidence);
  }

  private static Comparator<SecretDigest> newestFirst() {
    return Comparator.comparing(
        SecretDigest::updatedAt, Comparator.nullsLast(Comparator.reverseOrder()));
  }

  private void pairs(
      Reading.Read<List<SecretDigest>> read,
      Observation seen,
      List<SecretRotationIssuesFinding> findings) {
    half(read, "DATABASE_URL", "DIRECT_URL", SecretUse.DATABASE, seen, findings);
    half(read, "DIRECT_URL", "DATABASE_URL", SecretUse.DATABASE, seen, findings);
    // The key is the app's name and never changes: a new one is a new app with a secret of its own,
    // while a new secret alone is how a rotation goes (facts on Shopify, section 8).
    half(read, "SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", SecretUse.SHOP, seen, findings);
  }

  private void half(
      Reading.Read<List<SecretDigest>> read,
      String changed,
      String other,
      SecretUse use,
      Observation seen,
      List<SecretRotationIssuesFinding> findings) {
    var one = updated(read.value(), changed);
    var two = updated(read.value(), other);
    boolean alone =
        one != null
            && two != null
            && !one.isBefore(seen.at().minus(thresholds.rotatedWithin()))
            && two.isBefore(one.minus(thresholds.pairWithin()));
    if (alone) {
      boolean staged =
          read.value().stream()
              .filter(each -> each.name().equals(changed))
              .anyMatch(each -> SecretHolders.of(each, seen).staged());
      var signs = findings.stream().filter(each -> !staged && tells(each, use, changed)).toList();
      var evidence =
          Stream.concat(
                  Stream.of(read.evidence()), signs.stream().flatMap(it -> it.evidence().stream()))
              .distinct()
              .toList();
      findings.add(
          new HalfPair(changed, other, Objects.requireNonNull(one), !signs.isEmpty(), evidence));
    }
  }

  /** Whether a problem rests on what a secret is for. */
  private static boolean tells(SecretRotationIssuesFinding found, SecretUse use, String secret) {
    if (found.verdict() != Verdict.PROBLEM) {
      return false;
    }
    return (found instanceof Refusals refusals && refusals.use() == use)
        || (found instanceof LiveLogin login && login.use() == use)
        || (found instanceof StartFailure failure && failure.changed().name().equals(secret));
  }

  private static @Nullable Instant updated(List<SecretDigest> secrets, String name) {
    return secrets.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(SecretDigest::updatedAt)
        .orElse(null);
  }

  private Optional<StartFailure> startFailure(Reading.Read<Machines> read, Observation seen) {
    var forgotten = seen.at().minus(REMEMBERED);
    for (var secret : recent(seen)) {
      var stored = Objects.requireNonNull(secret.updatedAt());
      var until = stored.plus(thresholds.startsWithin());
      var failed = new ArrayList<String>();
      MachineExit first = null;
      for (var machine : read.value().all()) {
        for (var exit : machine.exits()) {
          boolean soon = exit.at().isAfter(stored) && exit.at().isBefore(until);
          if (soon && mayBeOf(secret, machine, exit) && !exit.at().isBefore(forgotten)) {
            failed.add(machine.id());
            first = first == null || exit.at().isBefore(first.at()) ? exit : first;
          }
        }
      }
      if (first != null) {
        return Optional.of(
            new StartFailure(secret, failed.stream().distinct().toList(), first, and(read, seen)));
      }
    }
    return Optional.empty();
  }

  /** What a machine does not have, it cannot end for; nor does a value fill its memory. */
  private static boolean mayBeOf(SecretDigest secret, Machine machine, MachineExit exit) {
    return !exit.requested()
        && !exit.outOfMemory()
        && exit.code() != KILLED
        && !SecretHolders.isBehind(machine, secret)
        && !secret.spread().unsure().contains(machine.id());
  }

  private void refusals(
      Reading.Read<LogSummary> read, Observation seen, List<SecretRotationIssuesFinding> findings) {
    for (var use : SecretUse.values()) {
      var sighting = read.value().sighting(use.refused());
      var changed = changed(seen, use, sighting.orElse(null));
      boolean goesOn = sighting.filter(each -> goesOn(use, each, seen)).isPresent();
      if (sighting.isPresent() || changed != null) {
        findings.add(
            new Refusals(
                use,
                sighting.map(Sighting::count).orElse(0L),
                changed,
                fault(changed, sighting.orElse(null), read.value(), seen),
                lag(changed, sighting.map(Sighting::first).orElse(null)),
                goesOn,
                changed == null || use.always() ? null : end(changed, seen),
                use.always() ? 1 : thresholds.leastSessions(),
                Lately.readEnough(read.value(), goesOn, seen.at()),
                and(read, seen)));
      }
    }
  }

  /** A few who come back late are nothing: what people have ends at their next visit. */
  private boolean goesOn(SecretUse use, Sighting sighting, Observation seen) {
    return use.always()
        ? Lately.goesOn(sighting.last(), seen.at())
        : sighting.lately() >= thresholds.leastSessions();
  }

  /** Until when refusals are what a rotation does; null if they are not, or not any more. */
  private static @Nullable Instant end(SecretDigest changed, Observation seen) {
    var holders = SecretHolders.of(changed, seen);
    boolean everywhere =
        holders.lack().isEmpty() && holders.unsure().isEmpty() && !holders.have().isEmpty();
    if (!everywhere) {
      return null;
    }
    // One that started later, such as a sleeper that was woken, ends nobody's session again.
    var end =
        seen
            .get(PlatformLook.MACHINES)
            .toOptional()
            .map(Machines::running)
            .orElse(List.of())
            .stream()
            .flatMap(each -> Stream.ofNullable(each.startedAt()))
            .min(Comparator.naturalOrder())
            .orElseGet(() -> Objects.requireNonNull(changed.updatedAt()))
            .plus(SecretUse.ends(changed.name()));
    return end.isAfter(seen.at()) ? end : null;
  }

  /** A log of which a part was read that is not enough: refusals may stand elsewhere in it. */
  private static Optional<LogSummary> unreadLog(Observation seen) {
    return seen.get(PlatformLook.LOGS)
        .toOptional()
        .filter(log -> !Lately.readEnough(log, false, seen.at()));
  }

  /** By whose lines they are; else by who is ill. What was not read may be the others'. */
  private static Fault fault(
      @Nullable SecretDigest changed,
      @Nullable Sighting sighting,
      LogSummary log,
      Observation seen) {
    if (changed == null) {
      return Fault.UNCLEAR;
    }
    var holders = SecretHolders.of(changed, seen);
    var who =
        sighting != null && log.coverage().complete()
            ? sighting.machines().keySet()
            : Set.<String>of();
    var fault = holders.fault(who);
    return fault == Fault.UNCLEAR ? holders.fault(Affected.of(seen).sick()) : fault;
  }

  /** A login of ours is no machine's. */
  private static Fault fault(@Nullable SecretDigest changed, Observation seen) {
    return changed == null ? Fault.UNCLEAR : SecretHolders.of(changed, seen).fault(Set.of());
  }

  /** What is held against the changes of secrets rests on both. */
  private static List<Evidence> and(Reading.Read<?> read, Observation seen) {
    return Stream.concat(
            Stream.of(read.evidence()), seen.get(PlatformLook.SECRETS).evidenceIfRead().stream())
        .toList();
  }

  private static @Nullable Duration lag(@Nullable SecretDigest changed, @Nullable Instant first) {
    var stored = changed == null ? null : changed.updatedAt();
    return stored == null || first == null || first.isBefore(stored)
        ? null
        : Duration.between(stored, first);
  }

  private void logins(Observation seen, List<SecretRotationIssuesFinding> findings) {
    var database = changed(seen, SecretUse.DATABASE, null);
    var shop = changed(seen, SecretUse.SHOP, null);
    if (seen.get(DatabaseLook.CONNECTIVITY) instanceof Reading.Read<Connectivity> read) {
      for (var probe : read.value().probes()) {
        var failed = probe.failed().map(each -> each.failure());
        boolean refused = failed.filter(each -> REFUSED.contains(each.kind())).isPresent();
        // A database that cannot be reached says nothing of the credentials.
        if (refused || failed.isEmpty()) {
          findings.add(
              new LiveLogin(
                  SecretUse.DATABASE,
                  refused,
                  probe.name() + failed.map(each -> " " + each).orElse(""),
                  database,
                  fault(database, seen),
                  and(read, seen)));
        }
      }
    }
    if (seen.get(ShopLook.ANSWER) instanceof Reading.Read<ShopAnswer> read) {
      var trouble = read.value().trouble();
      boolean refused = trouble == ShopTrouble.UNAUTHORIZED;
      if (refused || trouble == ShopTrouble.NONE || trouble == ShopTrouble.THROTTLED) {
        findings.add(
            new LiveLogin(
                SecretUse.SHOP,
                refused,
                read.value().toString(),
                shop,
                fault(shop, seen),
                and(read, seen)));
      }
    }
  }

  /** The secret of some use that was changed last of late, and before the trouble was last seen. */
  private @Nullable SecretDigest changed(
      Observation seen, SecretUse use, @Nullable Sighting refused) {
    return recent(seen).stream()
        .filter(each -> use.secrets().contains(each.name()))
        .filter(each -> refused == null || mayExplain(each, use, refused))
        // The other end may have changed already for what waits here; nobody else knows sessions.
        .filter(each -> use.always() || !SecretHolders.of(each, seen).staged())
        .findFirst()
        .orElse(null);
  }

  private static boolean mayExplain(SecretDigest secret, SecretUse use, Sighting refused) {
    var stored = Objects.requireNonNull(secret.updatedAt());
    if (refused.last() != null && stored.isAfter(refused.last())) {
      return false;
    }
    // People's own sessions end every day, also in the days after a rotation.
    return use.always()
        || refused.first() == null
        || Duration.between(stored, refused.first()).compareTo(WhatChanged.WEAK_WITHIN) <= 0;
  }

  /** The secrets that were changed of late, newest first. */
  private List<SecretDigest> recent(Observation seen) {
    var from = seen.at().minus(thresholds.rotatedWithin());
    return seen.get(PlatformLook.SECRETS).toOptional().orElse(List.of()).stream()
        .filter(each -> each.updatedAt() != null && !each.updatedAt().isBefore(from))
        .sorted(newestFirst())
        .toList();
  }

  /** The first refusal of any kind. */
  private static @Nullable Instant onset(Observation seen) {
    return seen.get(PlatformLook.LOGS).toOptional().stream()
        .flatMap(log -> log.sightings().stream())
        .filter(
            each ->
                Set.of(SecretUse.values()).stream()
                    .anyMatch(use -> use.refused() == each.signature()))
        .flatMap(each -> Optional.ofNullable(each.first()).stream())
        .min(Instant::compareTo)
        .orElse(null);
  }
}
