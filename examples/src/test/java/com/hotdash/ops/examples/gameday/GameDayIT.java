package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole game day, and its report as a person opens it. */
class GameDayIT {
  private static final String NONE_FAILED =
      "[...document.querySelectorAll('p.callout strong')].every(e => e.textContent !== 'FAILED')";

  @TempDir static Path directory;
  private static String printed = "";
  private static int code = -1;

  @BeforeAll
  static void play() {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    code = new GameDay(Time.SYSTEM, out, directory).run(List.of(), Environment.of(Map.of()));
    printed = bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void run_allEightIncidents_areNamedByTriageCuredAndVerified() {
    assertThat(code).as(printed).isZero();
    assertThat(printed).contains("[VERIFIED] 8 of 8 incidents").doesNotContain("FAILED");
    for (var incident : Incident.values()) {
      assertThat(printed).contains("\n  triage: " + incident.id() + " PROBLEM");
    }
    assertThat(printed.split("OK for all eight", -1)).as(printed).hasSize(2 * 7 + 1);
  }

  @Test
  void report_everyDrill_hasLooksBeforeAndAfterAndNoSecret() throws IOException {
    for (var name : List.of("report.html", "report.md", "report.json")) {
      assertThat(Files.readString(directory.resolve(name)))
          .contains("Triage before", "Triage with the fault", "Triage after")
          .doesNotContain("fm2_", "shpat_", "ghp_", "the second value of");
    }
  }

  @Test
  void report_inABrowser_showsEightIncidentsVerifiedAndRequestsNothing() throws Exception {
    assumeTrue(
        Files.isExecutable(Browser.CHROMIUM),
        "no browser at " + Browser.CHROMIUM + ": apt-get install chromium");
    var report = directory.resolve("report.html").toUri();
    try (var browser = Browser.start(directory.resolve("profile"))) {
      browser.open(report);

      for (var incident : Incident.values()) {
        assertThat(browser.ask(verified(incident))).as("%s", incident).isEqualTo("true");
      }
      assertThat(browser.ask("document.querySelectorAll('svg').length >= 10")).isEqualTo("true");
      assertThat(browser.ask(NONE_FAILED)).isEqualTo("true");
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requested()).containsExactly(report.toString());
    }
  }

  /** Whether there are chapters of the incident, and each says at its head that it is verified. */
  private static String verified(Incident incident) {
    return """
        (() => {
          const chapters = [...document.querySelectorAll('section')]
              .filter(each => each.querySelector('h2').textContent.startsWith('%s '));
          return chapters.length > 0 && chapters.every(
              each => each.querySelector('p.callout strong').textContent === 'VERIFIED');
        })()"""
        .formatted(incident.id())
        .replace("\n", " ");
  }
}
