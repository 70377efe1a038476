package com.hotdash.ops.procedure;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.NearbyChange.Fit;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.procedure.ErrorShares.ApplicationErrors;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.procedure.ErrorShares.OwnProbes;
import com.hotdash.ops.procedure.ErrorSigns.Began;
import com.hotdash.ops.procedure.ErrorSigns.Dependency;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.procedure.ErrorSigns.LoggedErrors;
import com.hotdash.ops.shop.ShopLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What would help against a high error rate, and what must not be done. */
final class HighErrorRateAdvice {
  private static final Set<Signature> REFUSED =
      Set.of(Signature.DATABASE_AUTH, Signature.SHOP_AUTH);
  private static final Set<Signature> OF_CODE =
      Set.of(Signature.POOL_EMPTY, Signature.DATABASE_TIMEOUT, Signature.SHOP_TIMEOUT);
  private static final String VENDOR_FIRST = "errors.vendor-first";

  private final Observation seen;
  private final List<HighErrorRateFinding> findings;
  private final List<NearbyChange> changes;
  private final Suspects suspects;
  private final Optional<NearbyChange> likeliest;
  private final Optional<NearbyChange> vendor;

  /** Takes the changes, the likeliest first. */
  HighErrorRateAdvice(
      Observation seen, List<HighErrorRateFinding> findings, List<NearbyChange> changes) {
    this.seen = seen;
    this.findings = findings;
    this.changes = changes;
    this.suspects = new Suspects(seen, changes);
    this.likeliest = suspects.likeliest();
    this.vendor = suspects.vendor();
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    if (!tooMany() && logged().isEmpty()) {
      tooFew().ifPresent(list::add);
      machines().ifPresent(list::add);
      return list;
    }
    if (nothingRuns()) {
      machines().ifPresent(list::add);
      return list;
    }
    likeliest(Kind.SECRET).ifPresent(each -> list.add(secret(each)));
    halfWay().ifPresent(each -> list.add(secretFirst(each)));
    all(Dependency.class).stream()
        .filter(this::notOfTheCode)
        .forEach(each -> list.add(dependencyFirst(each)));
    likeliest(Kind.VENDOR)
        .filter(suspects::ofThePlatform)
        .ifPresent(each -> list.add(vendor(each)));
    release()
        .filter(each -> tooMany())
        .ifPresent(
            each ->
                list.addAll(
                    back(each)
                        .recommendations(List.of(blind() ? dependenciesUnread() : rollBack()))));
    all(Dependency.class).stream()
        .filter(each -> !notOfTheCode(each))
        .forEach(each -> list.add(dependencyFirst(each)));
    one(ProxyErrors.class)
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .filter(each -> machines().isEmpty())
        .ifPresent(each -> list.add(proxy(each)));
    one(LoggedErrors.class).ifPresent(logged -> list.add(read(logged)));
    release()
        .filter(each -> tooMany())
        .flatMap(each -> PlatformTrace.commits(seen, each.at()))
        .ifPresent(range -> list.add(fix(range)));
    machines().ifPresent(list::add);
    if (list.stream().allMatch(each -> each.line().isEmpty())) {
      list.add(lookWider());
    }
    vendor
        .filter(each -> list.stream().noneMatch(it -> it.id().equals(VENDOR_FIRST)))
        .ifPresent(each -> list.add(vendor(each)));
    return list;
  }

  /**
   * Code that leaks connections, or asks slowly, empties its pool beside a database that is well.
   */
  private boolean notOfTheCode(Dependency dependency) {
    return !Dependencies.isWell(seen, dependency.database()) || !ofCode(dependency);
  }

  private static boolean ofCode(Dependency dependency) {
    return OF_CODE.contains(dependency.sightings().get(0).signature());
  }

  /** Nobody could look whether what the application stands on is well. */
  private boolean blind() {
    return seen.get(PlatformLook.LOGS).obstacle().isPresent()
        && Stream.of(DatabaseLook.CONNECTIVITY, ShopLook.ANSWER).anyMatch(this::unread);
  }

  private Recommendation dependenciesUnread() {
    return Recommendation.advice(
        "errors.dependencies-first",
        "see whether the database and the shop are well; if so, go back to the release before",
        "the log could not be read, nor all that the application stands on: older code meets the"
            + " same",
        "ops.databaseConnectionIssues().diagnose()");
  }

  /** The innermost place of the application's own is where to begin, if a stack trace tells one. */
  private static Recommendation read(LoggedErrors logged) {
    var first = logged.groups().get(0);
    var frames = logged.groups().stream().flatMap(each -> each.frames().stream()).findFirst();
    return Recommendation.advice(
        "errors.read-groups",
        "read the samples of "
            + first.fingerprint()
            + frames.map(frame -> ", and the code at " + Names.cut(frame)).orElse(""),
        logged.summary(),
        "");
  }

  /** What the proxy met tells which of the machines' troubles it is. */
  private static Recommendation proxy(ProxyErrors errors) {
    return switch (errors.most()) {
      case PROXY_CONNECT ->
          proxy(
              errors,
              "see whether the application listens where the proxy asks for it",
              "ops.deploymentFailures().diagnose()");
      case PROXY_ANSWER_BROKE ->
          proxy(
              errors,
              "see whether processes end in the middle of an answer",
              "ops.memoryCpuIssues().diagnose()");
      default ->
          proxy(
              errors,
              "see why the proxy finds no machine: down, failing checks, or all connections taken",
              "ops.healthCheckFailures().diagnose()");
    };
  }

  private static Recommendation proxy(ProxyErrors errors, String what, String line) {
    return Recommendation.advice("errors.proxy-first", what, errors.summary(), line);
  }

  private Recommendation fix(String range) {
    return Recommendation.advice(
        "errors.fix-code",
        "after that, look for the fault in what the release brought: git log " + range,
        one(Began.class).map(HighErrorRateFinding::summary).orElse("")
            + PlatformTrace.comparison(seen, range).map(each -> "; " + each).orElse(""),
        "");
  }

  /** Errors that go on in the log. */
  private Optional<LoggedErrors> logged() {
    return one(LoggedErrors.class).filter(each -> each.verdict() == Verdict.PROBLEM);
  }

  private boolean nothingRuns() {
    return one(Fleet.class).filter(each -> each.machines().running().isEmpty()).isPresent();
  }

  /** Machines that fail or are down are another incident's, and often its effect is this one. */
  private Optional<Recommendation> machines() {
    return one(Fleet.class)
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .filter(each -> nothingRuns() || (!failAlike(each) && release().isEmpty()))
        .map(
            each ->
                Recommendation.advice(
                    "errors.machines-first",
                    nothingRuns()
                        ? "see first why no machine runs"
                        : "see why machines fail, and whether the errors are theirs alone",
                    each.summary(),
                    "ops.healthCheckFailures().diagnose()"));
  }

  /** Where all that run fail, their checks tell no more than their errors. */
  private static boolean failAlike(Fleet fleet) {
    return fleet.count(Machine.Health.FAILING) == fleet.machines().running().size();
  }

  private static Recommendation lookWider() {
    return Recommendation.advice(
        "errors.look-wider",
        "judge all incidents by one look: the cause is hardly here",
        "no change, no dependency and no line of the log tells why",
        "ops.triage()");
  }

  /** Nobody can tell from so few requests; more of them, or more time, can. */
  private Optional<Recommendation> tooFew() {
    return one(ErrorRate.class)
        .filter(each -> each.verdict() == Verdict.UNKNOWN)
        .map(
            each ->
                Recommendation.advice(
                    "errors.look-again",
                    "use the application yourself for a minute, some thirty requests, then look"
                        + " again",
                    each.summary(),
                    "ops.highErrorRate().diagnose()"));
  }

  private static Recommendation dependencyFirst(Dependency dependency) {
    return dependency.database()
        ? Recommendation.advice(
            "errors.database-first",
            "look at the database first",
            dependency.summary(),
            "ops.databaseConnectionIssues().diagnose()")
        : Recommendation.advice(
            "errors.shop-first",
            "look at the shop's interface first: credentials, then the budget of calls",
            dependency.summary(),
            "ops.shopifyApiErrors().diagnose()");
  }

  /** A value that some machines lack goes back only where those that have it are surely ill. */
  private Recommendation secret(NearbyChange change) {
    var all = seen.get(PlatformLook.SECRETS).toOptional().orElse(List.<SecretDigest>of());
    var name = PlatformTrace.newest(all, change.at());
    boolean token =
        name.filter(SecretUse.SHOP.secrets()::contains).isPresent()
            && all(Dependency.class).stream().anyMatch(each -> !each.database());
    boolean unsure =
        !Boolean.TRUE.equals(change.onlyOnChanged())
            && all.stream()
                .filter(each -> name.filter(each.name()::equals).isPresent())
                .anyMatch(
                    each ->
                        each.spread().state() == SecretSpread.State.PARTIAL
                            || SecretHolders.of(each, seen).mixed());
    if (name.isPresent() && !token && !unsure) {
      return SecretValues.putBack(name.get(), began(change));
    }
    // A token that the shop refuses is not cured by the secret's value.
    return secretFirst(change);
  }

  /** A secret that came to some machines only, while others, or both, are refused. */
  private Optional<NearbyChange> halfWay() {
    var all = seen.get(PlatformLook.SECRETS).toOptional().orElse(List.<SecretDigest>of());
    boolean refused =
        all(Dependency.class).stream()
            .flatMap(each -> each.sightings().stream())
            .anyMatch(each -> REFUSED.contains(each.signature()));
    return changes.stream()
        .filter(each -> refused && each.kind() == Kind.SECRET && each.fit() == Fit.STRONG)
        .filter(each -> !likeliest.filter(each::equals).isPresent())
        .filter(
            each ->
                PlatformTrace.newest(all, each.at()).stream()
                    .flatMap(name -> all.stream().filter(it -> it.name().equals(name)))
                    .anyMatch(it -> SecretHolders.of(it, seen).mixed()))
        .findFirst();
  }

  private Recommendation secretFirst(NearbyChange change) {
    return Recommendation.advice(
        "errors.secret-first",
        "see first what the changed secret broke",
        change.toString(),
        "ops.secretRotationIssues().diagnose()");
  }

  private Recommendation vendor(NearbyChange change) {
    return Recommendation.advice(
        VENDOR_FIRST,
        "ask whether " + change.what() + " concerns us, before anything is changed",
        began(change),
        "");
  }

  private String began(NearbyChange change) {
    return one(Began.class).map(HighErrorRateFinding::summary).orElse(change.toString());
  }

  private Optional<NearbyChange> likeliest(Kind kind) {
    return likeliest.filter(each -> each.kind() == kind);
  }

  /** While a dependency fails, code that was released just before is no likely cause. */
  private Optional<NearbyChange> release() {
    return likeliest(Kind.RELEASE)
        .filter(each -> PlatformTrace.newImage(seen, each.at()))
        .filter(each -> all(Dependency.class).stream().noneMatch(this::notOfTheCode));
  }

  private GoingBack back(NearbyChange release) {
    return new GoingBack(seen, release.at());
  }

  private Recommendation rollBack() {
    var none =
        one(Fleet.class)
            .filter(fleet -> !fleet.machines().running().isEmpty())
            .filter(fleet -> fleet.count(Machine.Health.HEALTHY) == 0)
            .filter(fleet -> fleet.count(Machine.Health.FAILING) > 0);
    return Recommendation.resolution(
        RollBack.ID,
        none.isPresent()
            ? "go back to the release before, on all machines at once: none is healthy"
            : "go back to the release before, one machine first",
        one(Began.class).map(HighErrorRateFinding::summary).orElse(""),
        Remedy.of(Incident.HIGH_ERROR_RATE, none.isPresent() ? "rollBackAllAtOnce" : "rollBack"));
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    for (var dependency : all(Dependency.class)) {
      if (dependency.verdict() != Verdict.PROBLEM) {
        continue;
      }
      list.add(
          new Contraindication(
              "platform.restart",
              "do not restart machines",
              dependency.summary()
                  + ": a restart does not repair that, and reconnects all at once"));
    }
    if (tooMany() && release().isEmpty() && !cannotTell()) {
      list.add(
          new Contraindication(
              RollBack.ID,
              likeliest.isEmpty() ? "do not roll back on suspicion" : "do not roll back",
              notTheRelease()));
    }
    release()
        .filter(each -> tooMany())
        .ifPresent(each -> list.addAll(back(each).contraindications()));
    return list;
  }

  /**
   * Who could not see since when, or whether the ground holds, warns of nothing that others saw.
   */
  private boolean cannotTell() {
    if (likeliest.isEmpty()) {
      return unread(PlatformLook.TRAFFIC);
    }
    var ground = all(Dependency.class).stream().filter(this::notOfTheCode).toList();
    return likeliest(Kind.RELEASE).isPresent()
        && !ground.isEmpty()
        && ground.stream().allMatch(each -> ofCode(each) && unread(groundOf(each)));
  }

  private static ReadingKey<?> groundOf(Dependency dependency) {
    return dependency.database() ? DatabaseLook.CONNECTIVITY : ShopLook.ANSWER;
  }

  private boolean unread(ReadingKey<?> key) {
    return seen.get(key).obstacle().filter(each -> each.why() != Why.NOT_CONFIGURED).isPresent();
  }

  private String notTheRelease() {
    if (likeliest(Kind.SECRET).isPresent()) {
      return began(likeliest.get()) + ": older code gets the same secrets";
    }
    if (likeliest(Kind.VENDOR).isPresent()) {
      return began(likeliest.get()) + ": older code meets the same vendor";
    }
    return one(Began.class).map(HighErrorRateFinding::summary).orElse("nobody knows since when")
        + ": older code may not fit the schema, and nothing says that newer code is the cause";
  }

  private boolean tooMany() {
    return Stream.of(one(ErrorRate.class), one(ApplicationErrors.class), one(OwnProbes.class))
        .flatMap(Optional::stream)
        .anyMatch(each -> each.verdict() == Verdict.PROBLEM);
  }

  private <F> Optional<F> one(Class<F> type) {
    return all(type).stream().findFirst();
  }

  private <F> List<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
