package com.hotdash.ops.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.statuspage.PageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VendorBundleTest {
  private static final Secret SECRET = Secret.of("canary-of-vendors");
  private static final Redactor REDACTOR = Redactor.of(List.of(SECRET));
  private static final Instant AT = Diagnoses.AT;
  private static final Estate ESTATE =
      new Estate("production", List.of(new Estate.Part("platform", "hotdash", "production")));

  private static VendorBundle.Builder builder() {
    return VendorBundle.builder("Platform Inc.", ESTATE, REDACTOR);
  }

  private static Diagnosis diagnosis(List<Evidence> evidence) {
    return new Diagnosis(
        Incident.HIGH_ERROR_RATE,
        ESTATE,
        AT,
        Verdict.PROBLEM,
        List.of(
            new Diagnoses.Found(
                "x", Severity.CRITICAL, Verdict.PROBLEM, "12 % 5xx " + SECRET.reveal(), evidence)),
        List.of(
            new NotChecked(
                "logs", Why.UNREACHABLE, "502 (request id 01JABCDEFG-ord)", "try again")),
        List.of(
            new NearbyChange(
                NearbyChange.Kind.RELEASE,
                "release v118",
                AT.minus(Duration.ofMinutes(9)),
                Duration.ofMinutes(9),
                NearbyChange.Fit.STRONG,
                null)),
        List.of(),
        List.of());
  }

  private static MemoryJournal tried() {
    var journal = new MemoryJournal();
    var step =
        new Step(
            "machine.restart",
            new Target("machine", "m1", "machine m1"),
            Map.of(),
            Map.of(),
            Map.of("started", Step.ANOTHER),
            null);
    var proposal =
        new Proposal(
            "platform.restart",
            new Target("app", "hotdash", "app hotdash"),
            Map.of(),
            List.of(step),
            Map.of(),
            Pace.CAREFUL,
            List.of(),
            List.of(),
            List.of());
    journal.append(
        new JournalEntry.Started(
            "abc-1", AT.minusSeconds(60), "digest", proposal, "sam", "why", Map.of(), null));
    journal.append(
        new JournalEntry.Made(
            "abc-1", AT, 0, StepOutcome.failed("503, request id: \"77AA:88BB\"")));
    return journal;
  }

  @Test
  void build_allThatIsKnown_standsInOneRedactedPage() {
    var evidence = Evidence.of("120 of 1,000 answers", "edge", AT.plusSeconds(5)).withDataAt(AT);
    var status =
        new PageStatus(
            "Platform",
            "https://status.example.com",
            PageStatus.Format.STATUSPAGE,
            PageLevel.OPERATIONAL,
            "All Systems Operational",
            List.of(),
            0,
            List.of(),
            List.of(),
            AT.minusSeconds(3_600));
    var unread =
        Reading.<PageStatus>unread(new NotChecked("other", Why.TIMED_OUT, "late", "more time"));

    var bundle =
        builder()
            .diagnosis(diagnosis(List.of(evidence)))
            .failure(
                new ConfigurationException(
                    Fault.of("platform", "machine.get", "500").withRequestId("req-000777")))
            .statusPages(Map.of("platform", Reading.of(status, evidence), "other", unread))
            .tried(tried().history(new Target("app", "hotdash", ""), AT.minusSeconds(600)))
            .build();

    assertThat(bundle.requestIds()).containsExactly("req-000777", "01JABCDEFG-ord", "77AA:88BB");
    assertThat(bundle.markdown())
        .contains("For the support of Platform Inc", "12 % 5xx")
        .contains("01JABCDEFG-ord", "All Systems Operational", "as of 2026-11-23T02:00:00Z")
        .contains("other: not checked", "machine.restart machine m1: FAILED")
        .doesNotContain(SECRET.reveal());
    var text = bundle.toString();
    assertThat(text.indexOf("release v118"))
        .as("by time")
        .isBetween(0, text.indexOf("120 of 1,000 answers"));
    assertThat(text).contains("2026-11-23T02:51:00Z");
  }

  @Test
  void build_nothingKnown_saysSo() {
    assertThat(builder().build().toString())
        .contains("None of the answers that we kept carries one")
        .contains("not checked: no status page was read")
        .contains("Nothing was changed by this runbook");
  }

  @Test
  void build_journalUnread_isNotTakenForNothing() {
    assertThat(builder().triedUnread("the disk is gone").build().toString())
        .contains("Not checked: the disk is gone")
        .doesNotContain("Nothing was changed");
  }

  @Test
  void build_moreThanAPersonReads_isBoundedAndSaysSo() {
    var many = new ArrayList<Evidence>();
    for (int i = 0; i < 400; i++) {
      many.add(Evidence.of("request id ABCDEF" + i, "edge", AT.plusSeconds(i)));
    }

    var bundle = builder().diagnosis(diagnosis(many)).build();

    assertThat(bundle.requestIds()).hasSize(50);
    assertThat(bundle.toString()).contains("301 earlier ones are left out", "ABCDEF399");
  }
}
