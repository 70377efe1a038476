package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.OpenMigrations.Migration;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.database.SlowStatements.Statement;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.health.HealthCheck;
import com.hotdash.ops.health.HealthReport;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.statuspage.PageStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that outside systems put behind every text of theirs that people write. */
record Taint(String tail) {
  static final Taint NONE = new Taint("");

  String after(String text) {
    return tail.isEmpty() ? text : text + " " + tail;
  }

  List<LogLine> lines(List<LogLine> lines) {
    return lines.stream()
        .map(
            each ->
                new LogLine(
                    each.time(),
                    each.instance(),
                    each.region(),
                    each.provider(),
                    each.level(),
                    each.message().endsWith("\"}")
                        ? after(each.message().substring(0, each.message().length() - 2)) + "\"}"
                        : after(each.message()),
                    each.httpStatus()))
        .toList();
  }

  List<Machine> machines(List<Machine> machines) {
    return machines.stream()
        .map(
            each ->
                FleetWorld.checks(
                    each,
                    each.checks().stream()
                        .map(
                            check ->
                                new MachineCheck(
                                    check.name(),
                                    check.status(),
                                    after(check.output()),
                                    check.since()))
                        .toArray(MachineCheck[]::new)))
        .toList();
  }

  List<Release> releases(List<Release> releases) {
    return releases.stream()
        .map(
            each ->
                new Release(
                    each.version(),
                    each.status(),
                    after(each.statusText()),
                    each.image(),
                    each.at(),
                    after(each.by()),
                    after(each.description())))
        .toList();
  }

  List<PlatformTrouble> troubles(List<PlatformTrouble> troubles) {
    return troubles.stream()
        .map(each -> new PlatformTrouble(after(each.what()), each.since(), each.ours()))
        .toList();
  }

  List<BuildError> errors(List<BuildError> errors) {
    return errors.stream()
        .map(each -> new BuildError(each.kind(), each.file(), each.line(), after(each.message())))
        .toList();
  }

  ShopAnswer of(ShopAnswer answer) {
    var before = answer.before();
    return new ShopAnswer(
        answer.trouble(),
        after(answer.said()),
        answer.nextStep(),
        answer.took(),
        answer.requestId(),
        before == null ? null : of(before));
  }

  AppHealth of(AppHealth health) {
    var machines =
        health.machines().stream()
            .map(
                each ->
                    new MachineHealth(
                        each.instance(), each.probes().stream().map(this::probe).toList()))
            .toList();
    return new AppHealth(machines, health.coverage(), health.at());
  }

  private ProbeResult probe(ProbeResult probe) {
    var report = probe.report();
    return new ProbeResult(
        probe.path(),
        probe.outcome(),
        report == null ? null : report(report),
        probe.took(),
        probe.at(),
        probe.certificate(),
        probe.detail() == null ? null : after(probe.detail()),
        probe.nextStep());
  }

  private HealthReport report(HealthReport report) {
    return new HealthReport(
        report.code(),
        report.overall(),
        report.byCode(),
        report.byBody(),
        report.shape(),
        report.said() == null ? null : after(report.said()),
        after("all told"),
        report.checks().stream().map(this::check).toList(),
        report.figures(),
        report.version(),
        report.release(),
        report.at(),
        report.notes());
  }

  private HealthCheck check(HealthCheck check) {
    return new HealthCheck(
        check.name(),
        check.status(),
        check.said(),
        check.observed(),
        check.responseTime(),
        after("it said"));
  }

  Map<String, Reading<PageStatus>> of(Map<String, Reading<PageStatus>> pages) {
    var all = new LinkedHashMap<String, Reading<PageStatus>>();
    pages.forEach((name, page) -> all.put(name, page.map(this::page)));
    return all;
  }

  private PageStatus page(PageStatus page) {
    return new PageStatus(
        page.page(),
        page.address(),
        page.format(),
        page.level(),
        after(page.said()),
        page.components(),
        page.unmatched(),
        page.incidents().stream().map(this::incident).toList(),
        page.maintenances(),
        page.updatedAt());
  }

  private PageStatus.Incident incident(PageStatus.Incident it) {
    return new PageStatus.Incident(
        it.id(),
        after(it.name()),
        after(it.state()),
        it.impact(),
        it.impactSaid(),
        it.startedAt(),
        it.updatedAt(),
        it.components(),
        it.latest() == null ? null : after(it.latest()));
  }

  Reading<Connectivity> connectivity(Reading<Connectivity> reading) {
    return reading.map(
        each -> new Connectivity(each.probes().stream().map(this::endpoint).toList()));
  }

  private EndpointProbe endpoint(EndpointProbe probe) {
    return new EndpointProbe(
        probe.name(),
        probe.endpoint(),
        probe.application(),
        probe.pooled(),
        probe.server(),
        probe.stages().stream().map(this::stage).toList());
  }

  private StageResult stage(StageResult stage) {
    var failure = stage.failure();
    return failure == null
        ? stage
        : new StageResult(
            stage.stage(),
            stage.took(),
            new ConnectFailure(
                failure.kind(), failure.sqlState(), after(failure.text()), failure.nextStep()));
  }

  Reading<Sessions> sessions(Reading<Sessions> reading) {
    return reading.map(
        each ->
            new Sessions(
                each.visible().stream().map(this::session).toList(),
                each.hidden(),
                each.serverTime()));
  }

  private Session session(Session it) {
    return new Session(
        it.id(),
        it.user(),
        it.database(),
        after(it.application()),
        it.client(),
        it.state(),
        it.stateSince(),
        it.transactionSince(),
        it.waitEvent(),
        after(it.query()),
        it.sparedBecause(),
        it.outOfReach());
  }

  Reading<LockForest> locks(Reading<LockForest> reading) {
    return reading.map(
        each ->
            new LockForest(blockers(each.roots()), blockers(each.softBlockers()), each.waiting()));
  }

  private List<Blocker> blockers(List<Blocker> blockers) {
    return blockers.stream()
        .map(
            it ->
                new Blocker(
                    it.kind(), it.pid(), after(it.label()), it.directWaiters(), it.allWaiters()))
        .toList();
  }

  Reading<ServerMode> mode(Reading<ServerMode> reading) {
    return reading.map(
        each ->
            new ServerMode(
                each.version(),
                each.startedAt(),
                each.inRecovery(),
                each.readOnly(),
                each.changes().stream()
                    .map(
                        it ->
                            new ServerMode.RunningChange(it.pid(), after(it.what()), it.waiting()))
                    .toList()));
  }

  List<Migration> migrations(List<Migration> migrations) {
    return migrations.stream()
        .map(it -> new Migration(it.name(), it.startedAt(), after(it.error())))
        .toList();
  }

  List<Statement> statements(List<Statement> statements) {
    return statements.stream()
        .map(
            it ->
                new Statement(
                    it.queryId(),
                    it.user(),
                    it.database(),
                    after(it.query()),
                    it.calls(),
                    it.total(),
                    it.share(),
                    it.atLeast()))
        .toList();
  }
}
