package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.RestartMachines;
import com.hotdash.ops.platform.SecretDigest;
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
import org.jspecify.annotations.Nullable;

/** What would help after a rotation of secrets, and what must not be done. */
final class SecretRotationIssuesAdvice {
  // Places in the runbook's source of secrets, never values; whoever keeps them elsewhere says so.
  private static final String NEW = "NEW_";
  private static final String OLD = "OLD_";

  private final List<SecretRotationIssuesFinding> findings;

  SecretRotationIssuesAdvice(List<SecretRotationIssuesFinding> findings) {
    this.findings = findings;
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    all(Stored.class)
        .forEach(
            each ->
                each.missing().stream()
                    .limit(1)
                    .forEach(name -> list.add(store(name, each.summary()))));
    all(Spread.class).stream()
        .filter(each -> each.mixed() || (each.staged() && refused()))
        .forEach(each -> list.add(deploy(each)));
    all(HalfPair.class).forEach(each -> list.add(store(each.other(), each.summary())));
    if (list.isEmpty()) {
      suspects().forEach((name, because) -> list.add(restore(name, because)));
    }
    if (refused(SecretUse.DATABASE)) {
      list.add(look("database", "ops.databaseConnectionIssues().diagnose()", SecretUse.DATABASE));
    }
    if (refused(SecretUse.SHOP)) {
      list.add(look("shop", "ops.shopifyApiErrors().diagnose()", SecretUse.SHOP));
    }
    return list;
  }

  private static Recommendation store(String name, String because) {
    return Recommendation.resolution(
        ChangeSecrets.ID,
        "store " + name + " from the place " + NEW + name + ", and have all machines take it",
        because,
        Remedy.platform("setSecret", name, NEW + name));
  }

  private static Recommendation deploy(Spread spread) {
    return Recommendation.resolution(
        ChangeSecrets.ID,
        "have all machines take what is stored, in one roll-out",
        spread.summary(),
        Remedy.platform("deploySecrets"));
  }

  /** Secrets that were changed just before something began to be refused, or to end. */
  private Map<String, String> suspects() {
    var suspects = new LinkedHashMap<String, String>();
    for (var each : findings) {
      if (each.verdict() == Verdict.PROBLEM) {
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

  private static Recommendation restore(String name, String because) {
    return Recommendation.resolution(
        ChangeSecrets.ID,
        "unless it leaked: put "
            + name
            + " back from the place "
            + OLD
            + name
            + "; first look for a quote or line end too many in the new one",
        because,
        Remedy.platform("setSecret", name, OLD + name));
  }

  private Recommendation look(String what, String line, SecretUse use) {
    boolean rotated =
        findings.stream()
            .filter(each -> each.verdict() == Verdict.PROBLEM && useOf(each) == use)
            .anyMatch(each -> changed(each) != null);
    return Recommendation.advice(
        "secrets." + what,
        rotated
            ? "see whether the new credentials work at all"
            : "find out who changed the credentials of " + use.what() + " elsewhere",
        findings.stream()
            .filter(each -> each.verdict() == Verdict.PROBLEM && useOf(each) == use)
            .findFirst()
            .map(SecretRotationIssuesFinding::summary)
            .orElse(""),
        rotated ? "ops.checkAccess()" : line);
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    all(Spread.class).stream()
        .filter(each -> each.mixed() || each.staged())
        .forEach(
            each ->
                list.add(
                    new Contraindication(
                        RestartMachines.ID,
                        "do not restart single machines",
                        "one that starts may take what is stored, beside others that have former"
                            + " values: "
                            + each.summary())));
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

  private boolean refused() {
    return findings.stream()
        .anyMatch(each -> useOf(each) != null && each.verdict() == Verdict.PROBLEM);
  }

  private boolean refused(SecretUse use) {
    return findings.stream()
        .anyMatch(each -> useOf(each) == use && each.verdict() == Verdict.PROBLEM);
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
