package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.RestartMachines;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Fault;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.HalfPair;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.LiveLogin;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Refusals;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Spread;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.StartFailure;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would help after a rotation of secrets, and what must not be done. */
final class SecretRotationIssuesAdvice {
  private final List<SecretRotationIssuesFinding> findings;
  // Who has which value, and who is refused, could not be read.
  private final boolean holdersUnread;
  private final boolean refusedUnread;

  SecretRotationIssuesAdvice(Observation seen, List<SecretRotationIssuesFinding> findings) {
    this.findings = findings;
    this.holdersUnread = seen.get(PlatformLook.MACHINES).obstacle().isPresent();
    this.refusedUnread =
        seen.get(PlatformLook.LOGS)
            .obstacle()
            .filter(each -> each.why() != Why.NOT_CONFIGURED)
            .isPresent();
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    all(Stored.class)
        .forEach(
            each ->
                each.missing().stream()
                    .limit(1)
                    .forEach(name -> list.add(SecretValues.store(name, each.summary()))));
    var faults = faults();
    if (mustNotSpread()) {
      unspread(list);
    } else {
      all(Spread.class).stream()
          .filter(each -> each.mixed() || faults.containsValue(Fault.FORMER_VALUE))
          .forEach(each -> list.add(deploy(each)));
    }
    all(HalfPair.class).stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .forEach(each -> list.add(otherHalf(each)));
    if (list.isEmpty()) {
      correct(list);
    }
    ending().ifPresent(each -> list.add(wait(each)));
    if (refused(SecretUse.DATABASE) && !rotated(SecretUse.DATABASE)) {
      list.add(
          elsewhere(SecretUse.DATABASE, "database", "ops.databaseConnectionIssues().diagnose()"));
    }
    if (refused(SecretUse.SHOP) && !rotated(SecretUse.SHOP)) {
      list.add(elsewhere(SecretUse.SHOP, "shop", "ops.shopifyApiErrors().diagnose()"));
    }
    return list;
  }

  /** Values that are wrong, and not only late, go back. */
  private void correct(List<Recommendation> list) {
    if (suspects().keySet().stream().anyMatch(SecretUse.SHOP.secrets()::contains)
        && rotated(SecretUse.SHOP)) {
      list.add(ShopTokens.renew());
    }
    all(LiveLogin.class).stream().filter(this::oursAlone).forEach(each -> list.add(ours(each)));
    if (holdersUnread) {
      suspects().values().stream().limit(1).forEach(because -> list.add(check(because)));
      return;
    }
    var faults = faults();
    suspects()
        .forEach(
            (name, because) -> {
              if (faults.get(name) != Fault.FORMER_VALUE) {
                list.add(correct(name, because));
              }
            });
  }

  /**
   * What some machines still do without must not come to them before somebody knows it is right.
   */
  private void unspread(List<Recommendation> list) {
    if (faults().containsValue(Fault.NEW_VALUE)) {
      correct(list);
      return;
    }
    all(Spread.class).stream().limit(1).forEach(each -> list.add(check(each.summary())));
  }

  private static Recommendation check(String because) {
    return Recommendation.advice(
        "secrets.check-value",
        "find out on one machine which value is right, before all take one",
        because,
        "ops.checkAccess()");
  }

  /** Whether a value that not all machines have is wrong, or may be. */
  private boolean mustNotSpread() {
    var spread = all(Spread.class).stream().filter(Spread::mixed).findFirst();
    if (spread.isEmpty()) {
      return false;
    }
    return refusedUnread
        || spread.get().suspect()
        || faults().entrySet().stream()
            .filter(each -> spread.get().names().contains(each.getKey()))
            .anyMatch(each -> each.getValue() != Fault.FORMER_VALUE);
  }

  /** What is wrong with each secret that something is held against: the surest of what is told. */
  private Map<String, Fault> faults() {
    var faults = new LinkedHashMap<String, Fault>();
    for (var each : findings) {
      var changed = each.verdict() == Verdict.PROBLEM ? changed(each) : null;
      if (changed != null) {
        faults.merge(changed.name(), fault(each), (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
    }
    return faults;
  }

  private static Fault fault(SecretRotationIssuesFinding finding) {
    if (finding instanceof Refusals refusals) {
      return refusals.fault();
    }
    return finding instanceof LiveLogin login ? login.fault() : Fault.NEW_VALUE;
  }

  /** The shop's key is nobody's half: it never changes. */
  private static Recommendation otherHalf(HalfPair pair) {
    return SecretUse.SHOP.secrets().contains(pair.changed())
        ? ShopTokens.correct(pair.changed(), pair.summary())
        : SecretValues.store(pair.other(), pair.summary());
  }

  private Recommendation correct(String name, String because) {
    return rotated(SecretUse.SHOP) && SecretUse.SHOP.secrets().contains(name)
        ? ShopTokens.correct(name, because)
        : SecretValues.putBack(name, because);
  }

  /** Refusals of sessions that a rotation ends, and that should be over soon. */
  private Optional<Refusals> ending() {
    return all(Refusals.class).stream()
        .filter(each -> each.until() != null && each.verdict() == Verdict.UNKNOWN && each.goesOn())
        .findFirst();
  }

  private static Recommendation wait(Refusals refusals) {
    return Recommendation.advice(
        "secrets.wait-for-sessions",
        "let people log in again, and look once more after " + refusals.until(),
        "what was signed with the former value ends, and comes back with the new one",
        "ops.secretRotationIssues().diagnose()");
  }

  private static Recommendation deploy(Spread spread) {
    return Recommendation.resolution(
        ChangeSecrets.ID,
        "have all machines take what is stored, in one roll-out",
        spread.summary(),
        Remedy.platform("deploySecrets"));
  }

  /** The application's log was read whole since the change, and nothing is refused there. */
  private boolean oursAlone(LiveLogin login) {
    return login.refused()
        && login.changed() != null
        && all(Refusals.class).stream()
            .anyMatch(each -> each.use() == login.use() && each.complete() && each.count() == 0);
  }

  private static Recommendation ours(LiveLogin login) {
    return Recommendation.advice(
        "secrets.own-settings",
        "give this process the new value, too, and whoever else uses it: the pipeline, staging",
        login.summary() + "; the application's log tells of no refusal",
        "ops.checkAccess()");
  }

  /** Secrets that were changed just before something began to be refused, or to end. */
  private Map<String, String> suspects() {
    var suspects = new LinkedHashMap<String, String>();
    for (var each : findings) {
      boolean stale = each instanceof LiveLogin login && oursAlone(login);
      if (each.verdict() == Verdict.PROBLEM && !stale) {
        var changed = changed(each);
        if (changed != null) {
          suspects.putIfAbsent(changed.name(), each.summary());
        }
      }
    }
    return suspects;
  }

  private static @Nullable SecretDigest changed(SecretRotationIssuesFinding finding) {
    if (finding instanceof Refusals refusals) {
      return refusals.changed();
    }
    if (finding instanceof StartFailure failure) {
      return failure.changed();
    }
    return finding instanceof LiveLogin login ? login.changed() : null;
  }

  /** Where nothing was changed on the platform, another incident knows more. */
  private Recommendation elsewhere(SecretUse use, String what, String line) {
    return Recommendation.advice(
        "secrets." + what,
        "find out who changed the credentials of " + use.what() + " elsewhere",
        refusing(use).map(SecretRotationIssuesFinding::summary).findFirst().orElse(""),
        line);
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    all(Spread.class).stream()
        .filter(each -> each.mixed() || !each.staged().isEmpty())
        .forEach(
            each ->
                list.add(
                    new Contraindication(
                        RestartMachines.ID,
                        "do not restart single machines",
                        "one that starts may take what is stored, beside others that have former"
                            + " values: "
                            + each.summary())));
    if (mustNotSpread()) {
      list.add(
          new Contraindication(
              "secrets.deploy",
              "do not deploy what is stored",
              "it would come to the machines that still work: "
                  + all(Spread.class).get(0).summary()));
    }
    if (refused(SecretUse.DATABASE)) {
      list.add(DependencyAdvice.noMoreLogins());
    }
    if (refused(SecretUse.SHOP)) {
      list.addAll(ShopTokens.not());
    }
    ending()
        .ifPresent(
            each ->
                list.add(
                    new Contraindication(
                        "secrets.restore-session",
                        "do not put the former value back",
                        "it would end all sessions that began since, too")));
    if (!suspects().isEmpty()) {
      list.add(
          new Contraindication(
              "secrets.restore-exposed",
              "do not put a value back that was exposed",
              "whoever has it gets in again; it may also be revoked already"));
    }
    if (findings.stream().anyMatch(each -> each.verdict() == Verdict.PROBLEM)) {
      list.add(
          new Contraindication(
              "secrets.command-line",
              "do not type a value on a command line, as the runbook's secrets set does",
              "it stays in the shell's history and shows in the list of processes, and every"
                  + " machine reboots at once"));
    }
    return list;
  }

  private boolean refused(SecretUse use) {
    return refusing(use).findAny().isPresent();
  }

  /** Refused, and a secret of it was changed before. */
  private boolean rotated(SecretUse use) {
    return refusing(use).anyMatch(each -> changed(each) != null);
  }

  private Stream<SecretRotationIssuesFinding> refusing(SecretUse use) {
    return findings.stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM && useOf(each) == use);
  }

  private static @Nullable SecretUse useOf(SecretRotationIssuesFinding finding) {
    if (finding instanceof Refusals refusals) {
      return refusals.use();
    }
    return finding instanceof LiveLogin login ? login.use() : null;
  }

  private <F> List<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
