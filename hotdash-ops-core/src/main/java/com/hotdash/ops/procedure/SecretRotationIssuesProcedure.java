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
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
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

  private final SecretRotationIssuesThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   */
  public SecretRotationIssuesProcedure(SecretRotationIssuesThresholds thresholds) {
    this.thresholds = thresholds;
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
              RequiredSecrets.NAMES.size(), RequiredSecrets.missing(read.value()), evidence));
      Needs.read(seen, PlatformLook.MACHINES)
          .ifPresent(
              machines ->
                  findings.add(
                      spread(
                          read.value(),
                          machines.value(),
                          List.of(read.evidence(), machines.evidence()))));
      pairs(read.value(), seen.at(), evidence, findings);
      Needs.read(seen, PlatformLook.MACHINES)
          .flatMap(machines -> startFailure(machines, seen))
          .ifPresent(findings::add);
    }
    if (seen.get(PlatformLook.LOGS) instanceof Reading.Read<LogSummary> read) {
      refusals(read, seen, findings);
    }
    logins(seen, findings);
    var advice = new SecretRotationIssuesAdvice(findings);
    return new Diagnosis(
        incident(),
        estate,
        seen.at(),
        NEEDS.verdict(seen, findings),
        List.copyOf(findings),
        NEEDS.notChecked(seen),
        WhatChanged.around(seen, onset(seen)),
        advice.recommendations(),
        advice.contraindications());
  }

  private static Spread spread(
      List<SecretDigest> secrets, Machines machines, List<Evidence> evidence) {
    var running = machines.running();
    var behind = new LinkedHashSet<String>();
    var late = new ArrayList<SecretDigest>();
    var unsure = new ArrayList<String>();
    for (var secret : secrets) {
      var without = running.stream().filter(each -> isBehind(each, secret)).toList();
      if (!without.isEmpty()) {
        late.add(secret);
        without.forEach(each -> behind.add(each.id()));
      } else if (secret.spread().state() == SecretSpread.State.UNKNOWN) {
        unsure.add(secret.name());
      }
    }
    late.sort(newestFirst());
    return new Spread(
        late.stream().map(SecretDigest::name).toList(),
        late.isEmpty() ? null : late.get(0).updatedAt(),
        List.copyOf(behind),
        running.size(),
        unsure,
        evidence);
  }

  /** It was configured before, or its process began before and cannot have read what came after. */
  private static boolean isBehind(Machine machine, SecretDigest secret) {
    var stored = secret.updatedAt();
    var started = machine.startedAt();
    return secret.spread().behind().contains(machine.id())
        || (stored != null && started != null && started.isBefore(stored));
  }

  private static Comparator<SecretDigest> newestFirst() {
    return Comparator.comparing(
        SecretDigest::updatedAt, Comparator.nullsLast(Comparator.reverseOrder()));
  }

  private void pairs(
      List<SecretDigest> secrets,
      Instant at,
      List<Evidence> evidence,
      List<SecretRotationIssuesFinding> findings) {
    half(secrets, "DATABASE_URL", "DIRECT_URL", at, evidence).ifPresent(findings::add);
    half(secrets, "DIRECT_URL", "DATABASE_URL", at, evidence).ifPresent(findings::add);
    // The key is the app's name and never changes: a new one is a new app with a secret of its own,
    // while a new secret alone is how a rotation goes (facts on Shopify, section 8).
    half(secrets, "SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", at, evidence).ifPresent(findings::add);
  }

  private Optional<HalfPair> half(
      List<SecretDigest> secrets,
      String changed,
      String other,
      Instant now,
      List<Evidence> evidence) {
    var one = updated(secrets, changed);
    var two = updated(secrets, other);
    boolean alone =
        one != null
            && two != null
            && !one.isBefore(now.minus(thresholds.rotatedWithin()))
            && two.isBefore(one.minus(thresholds.pairWithin()));
    return alone
        ? Optional.of(new HalfPair(changed, other, Objects.requireNonNull(one), evidence))
        : Optional.empty();
  }

  private static @Nullable Instant updated(List<SecretDigest> secrets, String name) {
    return secrets.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(SecretDigest::updatedAt)
        .orElse(null);
  }

  private Optional<StartFailure> startFailure(Reading.Read<Machines> read, Observation seen) {
    for (var secret : recent(seen)) {
      var stored = Objects.requireNonNull(secret.updatedAt());
      var until = stored.plus(thresholds.startsWithin());
      var failed = new ArrayList<String>();
      MachineExit first = null;
      for (var machine : read.value().all()) {
        for (var exit : machine.exits()) {
          if (!exit.requested() && exit.at().isAfter(stored) && exit.at().isBefore(until)) {
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

  private void refusals(
      Reading.Read<LogSummary> read, Observation seen, List<SecretRotationIssuesFinding> findings) {
    for (var use : SecretUse.values()) {
      var sighting = read.value().sighting(use.refused());
      var changed = changed(seen, use, sighting.map(Sighting::last).orElse(null));
      if (sighting.isPresent() || changed != null) {
        findings.add(
            new Refusals(
                use,
                sighting.map(Sighting::count).orElse(0L),
                changed,
                lag(changed, sighting.map(Sighting::first).orElse(null)),
                use.always() ? 1 : thresholds.leastSessions(),
                read.value().coverage().complete(),
                and(read, seen)));
      }
    }
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
                  changed(seen, SecretUse.DATABASE, null),
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
                changed(seen, SecretUse.SHOP, null),
                and(read, seen)));
      }
    }
  }

  /** The secret of some use that was changed last of late, and before the trouble was last seen. */
  private @Nullable SecretDigest changed(
      Observation seen, SecretUse use, @Nullable Instant lastSeen) {
    return recent(seen).stream()
        .filter(each -> use.secrets().contains(each.name()))
        .filter(
            each -> lastSeen == null || !Objects.requireNonNull(each.updatedAt()).isAfter(lastSeen))
        .findFirst()
        .orElse(null);
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
