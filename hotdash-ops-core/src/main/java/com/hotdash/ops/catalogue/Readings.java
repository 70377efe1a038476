package com.hotdash.ops.catalogue;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the readings of the runbook's own commands are shown, those of the platform left out. */
final class Readings {
  private static final int MOST = 20;

  static final Shown<LogSummary> LOGS = text(PlatformLook.LOGS);
  static final Shown<RunDetail> LATEST = text(PipelineLook.LATEST);
  static final Shown<Runs> DEPLOYS = text(PipelineLook.DEPLOYS);
  static final Shown<Runs> IN_FLIGHT = text(PipelineLook.IN_FLIGHT);
  static final Shown<AppHealth> HEALTH =
      new Shown<>(AppReader.HEALTH, (page, health) -> page.append(health.page()));
  static final Shown<CertificateState> CERTIFICATE = text(AppReader.CERTIFICATE);
  static final Shown<AppWindow> METRICS =
      new Shown<>(AppReader.METRICS, (page, window) -> page.append(window.page()));
  static final Shown<Connectivity> CONNECTIVITY =
      new Shown<>(DatabaseLook.CONNECTIVITY, Readings::connectivity);
  static final Shown<Sessions> BUSY = new Shown<>(DatabaseLook.SESSIONS, Readings::busy);
  static final Shown<LockForest> LOCKS = new Shown<>(DatabaseLook.LOCKS, Readings::locks);
  static final Shown<SlowStatements> SLOW_STATEMENTS =
      new Shown<>(DatabaseLook.SLOW_STATEMENTS, Readings::statements);
  static final Shown<Map<String, Reading<PageStatus>>> STATUS_PAGES =
      new Shown<>(
          StatusPages.PAGES,
          (page, pages) ->
              page.bullets(
                  pages.values().stream()
                      .flatMap(each -> each.toOptional().map(Object::toString).stream())
                      .toList()),
          pages ->
              pages.values().stream().map(Reading::obstacle).flatMap(Optional::stream).toList());

  private Readings() {}

  private static <T> Shown<T> text(ReadingKey<T> key) {
    return new Shown<>(key, (page, value) -> page.code("", String.valueOf(value)));
  }

  private static void connectivity(Page.Builder page, Connectivity connectivity) {
    page.table(
        List.of(
            Column.text("Address"),
            Column.text("Stage"),
            Column.number("ms"),
            Column.text("Outcome")),
        connectivity.probes().stream()
            .flatMap(
                probe ->
                    probe.stages().stream()
                        .map(
                            stage ->
                                List.of(
                                    probe.name() + " " + probe.endpoint(),
                                    stage.stage().name(),
                                    Long.toString(stage.took().toMillis()),
                                    stage.failure() == null ? "good" : stage.failure().toString())))
            .toList());
  }

  /** Those that do something or hold something up: idle ones are the fourth incident's matter. */
  private static void busy(Page.Builder page, Sessions sessions) {
    var busy =
        sessions.visible().stream().filter(each -> !each.state().equals(Session.IDLE)).toList();
    page.table(
        List.of(
            Column.number("pid"),
            Column.text("Role"),
            Column.text("Application"),
            Column.text("State"),
            Column.number("s"),
            Column.text("Waits for"),
            Column.text("Statement, values masked")),
        busy.stream()
            .limit(MOST)
            .map(
                each ->
                    List.of(
                        Integer.toString(each.id().pid()),
                        each.user(),
                        each.application(),
                        each.state(),
                        seconds(each.inState(sessions.serverTime())),
                        orNone(each.waitEvent()),
                        each.query()))
            .toList());
    more(page, busy.size());
    if (sessions.hidden() > 0) {
      page.fact("Hidden", sessions.hidden() + " sessions of which our role may see nothing");
    }
  }

  private static void locks(Page.Builder page, LockForest locks) {
    page.paragraph(locks.waiting() + " sessions wait for locks");
    page.bullets(
        locks
            .blockers()
            .limit(MOST)
            .map(each -> each.label() + " holds up " + each.allWaiters())
            .toList());
  }

  private static void statements(Page.Builder page, SlowStatements slow) {
    page.paragraph(
        "over "
            + seconds(slow.window())
            + " s; still running since before: "
            + (slow.running() == null ? "not seen" : slow.running()));
    page.table(
        List.of(
            Column.number("Calls"),
            Column.number("Mean ms"),
            Column.number("Total ms"),
            Column.number("%"),
            Column.text("Statement, values masked")),
        slow.statements().stream()
            .limit(MOST)
            .map(
                each ->
                    List.of(
                        Long.toString(each.calls()),
                        Long.toString(each.mean().toMillis()),
                        Long.toString(each.total().toMillis()),
                        Long.toString(Math.round(100 * each.share())),
                        each.query()))
            .toList());
    more(page, slow.statements().size());
    page.bullets(
        Stream.concat(
                slow.missing().stream().map(each -> "an index seems to be missing: " + each.why()),
                slow.caveats().stream())
            .toList());
  }

  static void more(Page.Builder page, int all) {
    if (all > MOST) {
      page.paragraph("and " + (all - MOST) + " more");
    }
  }

  static String orNone(@Nullable Object value) {
    return value == null ? "–" : value.toString();
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
