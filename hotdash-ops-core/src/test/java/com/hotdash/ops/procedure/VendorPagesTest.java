package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.DatabaseSource;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.observation.Source;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.PageStatus.Component;
import com.hotdash.ops.statuspage.PageStatus.Format;
import com.hotdash.ops.statuspage.PageStatus.Incident;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VendorPagesTest {
  private static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");
  private final SickDatabase sick = new SickDatabase();

  private static PageStatus page(PageLevel level, List<Component> parts, Incident... incidents) {
    return new PageStatus(
        "Vendor",
        "https://status.example.com",
        Format.STATUSPAGE,
        level,
        level.name(),
        parts,
        3,
        List.of(incidents),
        List.of(),
        AT);
  }

  private static Component part(String name, PageLevel level) {
    return new Component("c", name, level, level.name(), AT);
  }

  private static Incident incident(String... parts) {
    return new Incident(
        "i", "Errors", "identified", PageLevel.UNKNOWN, null, AT, AT, List.of(parts), null);
  }

  private Diagnosis diagnose(Reading<PageStatus> page) {
    var builder = Observation.at(sick.clock.now());
    try (var look =
        new DatabaseSource(sick).open(sick.clock.time().deadline(Duration.ofSeconds(5)))) {
      look.read(
          new Source.Sink() {
            @Override
            public <T> void put(ReadingKey<T> key, Reading<T> reading) {
              builder.with(key, reading);
            }
          });
    }
    builder.with(
        StatusPages.PAGES, Reading.of(Map.of("Vendor", page), Evidence.of("1", "pages", AT)));
    return new DatabaseConnectionProcedure(DatabaseThresholds.DEFAULT)
        .diagnose(builder.build(), new Estate("production", List.of()));
  }

  private Diagnosis diagnose(PageStatus page) {
    return diagnose(Reading.of(page, Evidence.of(page.toString(), page.address(), AT)));
  }

  @ParameterizedTest
  @CsvSource({
    "OPERATIONAL, false, false",
    "MAINTENANCE, true, false",
    "DEGRADED, true, false",
    "PARTIAL_OUTAGE, true, false",
    "MAJOR_OUTAGE, true, false",
    "UNKNOWN, false, true",
  })
  void diagnose_healthyAndThePageSays_isOkWhateverItSays(
      PageLevel level, boolean told, boolean unclear) {
    var diagnosis = diagnose(page(level, List.of(part("Connection Pooler", level))));

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.finding(VendorTrouble.class).isPresent()).isEqualTo(told);
    assertThat(diagnosis.notChecked())
        .extracting(NotChecked::what)
        .filteredOn("status page of Vendor"::equals)
        .hasSize(unclear ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(PageLevel.class)
  void diagnose_nobodyGetsIn_isAProblemWhateverThePageSays(PageLevel level) {
    sick.nobodyGetsIn(Stage.LOGIN, FailureKind.ALL_SLOTS_TAKEN, false);

    var diagnosis = diagnose(page(level, List.of(part("Connection Pooler", level))));

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.findings().get(0)).isNotInstanceOf(VendorTrouble.class);
  }

  @Test
  void diagnose_vendorTrouble_isToldAsWeak() {
    var down = part("Connection Pooler", PageLevel.PARTIAL_OUTAGE);

    var diagnosis =
        diagnose(page(PageLevel.PARTIAL_OUTAGE, List.of(down), incident("Connection Pooler")));

    assertThat(diagnosis.finding(VendorTrouble.class).orElseThrow().summary())
        .isEqualTo(
            "Vendor's status page says PARTIAL_OUTAGE; Connection Pooler PARTIAL_OUTAGE;"
                + " \"Errors\" identified since 2026-11-23T02:00:00Z; updated"
                + " 2026-11-23T02:00:00Z (weak: vendor pages lag)");
    assertThat(diagnosis.toString()).contains("[OK]", "[UNKNOWN] Vendor's status page says");
  }

  @Test
  void diagnose_incident_countsIfItConcernsWhatWasAskedFor() {
    var parts = List.of(part("Database", PageLevel.OPERATIONAL));

    assertThat(told(page(PageLevel.OPERATIONAL, parts, incident("Dashboard")))).isFalse();
    assertThat(told(page(PageLevel.OPERATIONAL, parts, incident("Database")))).isTrue();
    assertThat(told(page(PageLevel.OPERATIONAL, parts, incident()))).isTrue();
    assertThat(told(page(PageLevel.OPERATIONAL, List.of(), incident("Dashboard")))).isTrue();
  }

  private boolean told(PageStatus page) {
    return diagnose(page).finding(VendorTrouble.class).isPresent();
  }

  @Test
  void diagnose_noComponentMatches_goesByThePageAndElseIsNotChecked() {
    assertThat(told(page(PageLevel.MAJOR_OUTAGE, List.of()))).isTrue();
    assertThat(diagnose(page(PageLevel.OPERATIONAL, List.of())).notChecked())
        .extracting(NotChecked::detail)
        .anyMatch(detail -> detail.contains("none of its 3 components matches"));
  }

  @ParameterizedTest
  @EnumSource(Why.class)
  void diagnose_pageUnread_isListedAndDecidesNothing(Why why) {
    var gap = new NotChecked("status page of Vendor", why, "no answer", "open it");

    var diagnosis = diagnose(Reading.unread(gap));

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.notChecked()).contains(gap);
  }
}
