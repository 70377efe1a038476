package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of the diagnoses of every scene where something could not be read. */
class WholeGapsTest {
  /** Without any of these a verdict is never OK, whatever the obstacle. */
  private static final Map<Incident, Set<ReadingKey<?>>> REQUIRED = new EnumMap<>(Incident.class);

  /** What is judged where it is configured: another obstacle keeps the verdict from OK. */
  private static final Map<Incident, Set<ReadingKey<?>>> OPTIONAL = new EnumMap<>(Incident.class);

  /** What may tell of a problem, and whose absence keeps nothing from being OK. */
  private static final Map<Incident, Set<ReadingKey<?>>> TELLING = new EnumMap<>(Incident.class);

  private static final Map<String, Set<ReadingKey<?>>> VENDORS = new LinkedHashMap<>();

  private static final String ASKS_AGAIN =
      "the plan looks for deploys in flight itself: it objects to one, or says that it could not";
  private static final String SAYS_SO =
      "whoever cannot reach the database may still go back: the gap is told, and so does the plan";

  private static final Map<ReadingKey<?>, String> ROOM =
      Map.of(
          DatabaseLook.CAPACITY,
          "it says that nobody saw whether the database has room",
          DatabaseLook.APPLICATION_POOL,
          "the pool's usual size stands for it");

  /** By scene: the reading without which a change is recommended that the whole look did not. */
  private static final Map<String, Map<ReadingKey<?>, String>> MAY_ADD =
      Map.of(
          "slow: since a release whose migration has not ended",
          Map.of(DatabaseLook.OPEN_MIGRATIONS, SAYS_SO),
          "errors: since a release whose migration has not ended",
          Map.of(DatabaseLook.OPEN_MIGRATIONS, SAYS_SO),
          "errors: a deploy is queued while a release fails",
          Map.of(PipelineLook.IN_FLIGHT, ASKS_AGAIN),
          "errors: since a release, and somebody rolls back already",
          Map.of(PipelineLook.IN_FLIGHT, ASKS_AGAIN),
          "errors: since a release, and all machines fail",
          Map.of(PlatformLook.MACHINES, "one machine first is gentler than all at once"),
          "secrets: one was stored minutes after a release, without one of its own, and all fail"
              + " since",
          Map.of(PlatformLook.SECRETS, "what was seen fits the release"),
          "slow: the edge alone, and the database has no room for a pool more",
          ROOM,
          "cpu: the event loop is busy, and the application's pool is larger than what is free",
          ROOM,
          "errors: since the platform has trouble",
          Map.of(PlatformLook.TROUBLES, "a page decides nothing: what was seen fits the release"));

  static {
    REQUIRED.put(
        Incident.SLOW_RESPONSE_TIMES,
        Set.of(PlatformLook.ANSWER_TIMES, PlatformLook.MACHINES, PlatformLook.LOGS));
    REQUIRED.put(Incident.HIGH_ERROR_RATE, Set.of(PlatformLook.TRAFFIC, PlatformLook.MACHINES));
    REQUIRED.put(
        Incident.DEPLOYMENT_FAILURES,
        Set.of(PipelineLook.LATEST, PlatformLook.MACHINES, PlatformLook.RELEASES));
    REQUIRED.put(
        Incident.DATABASE_CONNECTION_ISSUES,
        Set.of(
            DatabaseLook.CONNECTIVITY,
            DatabaseLook.CAPACITY,
            DatabaseLook.SESSIONS,
            DatabaseLook.LOCKS,
            DatabaseLook.MODE));
    REQUIRED.put(
        Incident.SHOPIFY_API_ERRORS,
        Set.of(
            ShopLook.ANSWER,
            ShopLook.SCOPES,
            ShopLook.VERSION,
            ShopLook.BUDGET,
            ShopLook.SUBSCRIPTIONS));
    REQUIRED.put(Incident.MEMORY_CPU_ISSUES, Set.of(PlatformLook.MACHINES, PlatformLook.RESOURCES));
    REQUIRED.put(Incident.HEALTH_CHECK_FAILURES, Set.of(PlatformLook.MACHINES, AppReader.HEALTH));
    REQUIRED.put(
        Incident.SECRET_ROTATION_ISSUES, Set.of(PlatformLook.SECRETS, PlatformLook.MACHINES));
    OPTIONAL.put(
        Incident.SLOW_RESPONSE_TIMES,
        Set.of(AppReader.METRICS, DatabaseLook.SESSIONS, DatabaseLook.LOCKS));
    OPTIONAL.put(
        Incident.DEPLOYMENT_FAILURES, Set.of(PlatformLook.SECRETS, PipelineLook.IN_FLIGHT));
    OPTIONAL.put(Incident.MEMORY_CPU_ISSUES, Set.of(AppReader.METRICS));
    OPTIONAL.put(
        Incident.HEALTH_CHECK_FAILURES, Set.of(AppReader.CERTIFICATE, PlatformLook.SETTINGS));
    OPTIONAL.put(Incident.SECRET_ROTATION_ISSUES, Set.of(PlatformLook.LOGS));
    // Where the platform's numbers cannot decide, the application's may.
    TELLING.put(
        Incident.HIGH_ERROR_RATE, Set.of(PlatformLook.LOGS, AppReader.METRICS, AppReader.HEALTH));
    TELLING.put(
        Incident.SHOPIFY_API_ERRORS, Set.of(PlatformLook.LOGS, AppReader.METRICS, ShopLook.CALLS));
    TELLING.put(
        Incident.DATABASE_CONNECTION_ISSUES,
        Set.of(DatabaseLook.APPLICATION_POOL, PlatformLook.LOGS));
    TELLING.put(Incident.DEPLOYMENT_FAILURES, Set.of(PlatformLook.LOGS, PipelineLook.DEPLOYS));
    TELLING.put(Incident.MEMORY_CPU_ISSUES, Set.of(PlatformLook.LOGS));
    TELLING.put(Incident.HEALTH_CHECK_FAILURES, Set.of(PlatformLook.LOGS));
    TELLING.put(
        Incident.SECRET_ROTATION_ISSUES, Set.of(DatabaseLook.CONNECTIVITY, ShopLook.ANSWER));
    VENDORS.put(
        "platform",
        Set.of(
            PlatformLook.MACHINES,
            PlatformLook.RELEASES,
            PlatformLook.TRAFFIC,
            PlatformLook.SECRETS,
            PlatformLook.SETTINGS,
            PlatformLook.RESOURCES,
            PlatformLook.ANSWER_TIMES,
            PlatformLook.ANSWER_HISTORY,
            PlatformLook.TROUBLES,
            PlatformLook.LOGS));
    VENDORS.put(
        "pipeline",
        Set.of(
            PipelineLook.LATEST,
            PipelineLook.DEPLOYS,
            PipelineLook.IN_FLIGHT,
            PipelineLook.WATCHES));
    VENDORS.put(
        "database",
        Set.of(
            DatabaseLook.CONNECTIVITY,
            DatabaseLook.CAPACITY,
            DatabaseLook.SESSIONS,
            DatabaseLook.LOCKS,
            DatabaseLook.MODE,
            DatabaseLook.OPEN_MIGRATIONS,
            DatabaseLook.SLOW_STATEMENTS));
    VENDORS.put(
        "shop",
        Set.of(
            ShopLook.ANSWER,
            ShopLook.SCOPES,
            ShopLook.VERSION,
            ShopLook.BUDGET,
            ShopLook.SUBSCRIPTIONS,
            ShopLook.CALLS));
    VENDORS.put("application", Set.of(AppReader.HEALTH, AppReader.METRICS, AppReader.CERTIFICATE));
    VENDORS.put("status pages", Set.of(StatusPages.PAGES));
  }

  static Stream<WholeScene> scenes() {
    return WholeScenes.all();
  }

  private static Set<ReadingKey<?>> keys() {
    var all = new LinkedHashSet<ReadingKey<?>>();
    WholeWorld.procedures().forEach(each -> all.addAll(each.needs()));
    return all;
  }

  private static Observation lacking(Observation whole, Set<ReadingKey<?>> keys, Why why) {
    var less = Observation.at(whole.at());
    keys.forEach(key -> unread(less, key, why));
    return less.build().and(whole);
  }

  private static <T> void unread(Observation.Builder into, ReadingKey<T> key, Why why) {
    into.with(key, Reading.unread(new NotChecked(key.name(), why, "no answer", "ask again")));
  }

  private static Set<ReadingKey<?>> of(Map<Incident, Set<ReadingKey<?>>> keys, Incident incident) {
    return keys.getOrDefault(incident, Set.of());
  }

  @Test
  void world_holdsAllThatAnyProcedureNeeds() {
    var whole = new WholeWorld().observation();

    assertThat(keys())
        .hasSizeGreaterThanOrEqualTo(25)
        .allSatisfy(key -> assertThat(whole.get(key).obstacle()).as(key.name()).isEmpty());
    for (var procedure : WholeWorld.procedures()) {
      assertThat(procedure.needs()).containsAll(of(REQUIRED, procedure.incident()));
      assertThat(procedure.needs()).containsAll(of(OPTIONAL, procedure.incident()));
    }
    assertThat(VENDORS.values().stream().flatMap(Set::stream).toList())
        .containsAll(keys().stream().filter(key -> key != DatabaseLook.APPLICATION_POOL).toList());
  }

  /** Each obstacle comes up with each reading, over the scenes. */
  private static Why why(WholeScene scene, ReadingKey<?> key) {
    var all = Why.values();
    return all[Math.floorMod(scene.name().hashCode() + 31 * key.name().hashCode(), all.length)];
  }

  @Test
  void diagnoses_healthyAndOneReadingIsUnread_areNeverOkForItWhateverTheObstacle() {
    var scene = WholeScenes.named("all is well");
    var whole = scene.world().observation();
    var before = diagnoses(whole);
    for (var key : keys()) {
      for (var why : Why.values()) {
        lacks(whole, before, key, why);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void diagnoses_oneReadingIsUnread_areNeverOkForItAndKeepWhatRestsOnOthers(WholeScene scene) {
    var whole = scene.world().observation();
    var before = diagnoses(whole);
    for (var key : keys()) {
      var after = lacks(whole, before, key, why(scene, key));
      var triage = WholeWorld.triage(after);

      assertThat(triage.ranked()).as(key.name()).hasSize(Incident.values().length);
      assertThat(triage.next().isPresent()).isEqualTo(triage.verdict() != Verdict.OK);
    }
  }

  private static List<Diagnosis> lacks(
      Observation whole, List<Diagnosis> before, ReadingKey<?> key, Why why) {
    var less = lacking(whole, Set.of(key), why);
    var all = new ArrayList<>(before);
    for (int i = 0; i < before.size(); i++) {
      var procedure = WholeWorld.procedures().get(i);
      if (procedure.needs().contains(key)) {
        all.set(i, procedure.diagnose(less, WholeWorld.ESTATE));
        judge(before.get(i), all.get(i), key, why);
      }
    }
    return all;
  }

  private static void judge(Diagnosis before, Diagnosis after, ReadingKey<?> key, Why why) {
    var incident = before.incident();
    var told = incident + " without " + key + ", " + why;
    if (of(REQUIRED, incident).contains(key)
        || (of(OPTIONAL, incident).contains(key) && why != Why.NOT_CONFIGURED)) {
      assertThat(after.verdict()).as(told).isNotEqualTo(Verdict.OK);
      assertThat(after.notChecked()).as(told).anyMatch(each -> each.what().equals(key.name()));
    }
    var stays =
        before.findings().stream()
            .filter(each -> each.verdict() == Verdict.PROBLEM && each.symptom())
            .filter(each -> !restsOn(each, key))
            .map(Finding::id);
    assertThat(problems(after)).as(told).containsAll(stays.toList());
  }

  private static Set<String> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .collect(Collectors.toSet());
  }

  /** Evidence of this world has its reading as its source. */
  private static boolean restsOn(Finding finding, ReadingKey<?> key) {
    return finding.evidence().stream().anyMatch(each -> each.source().equals(key.name()));
  }

  private static List<Diagnosis> diagnoses(Observation seen) {
    return WholeWorld.procedures().stream()
        .map(each -> each.diagnose(seen, WholeWorld.ESTATE))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void diagnoses_oneVendorIsDown_areTheSameWhereItIsNotNeeded(WholeScene scene) {
    var whole = scene.world().observation();
    var before = diagnoses(whole);
    for (var vendor : VENDORS.entrySet()) {
      var after = diagnoses(lacking(whole, vendor.getValue(), Why.UNREACHABLE));
      for (int i = 0; i < before.size(); i++) {
        var incident = before.get(i).incident();
        var told = incident + " while the " + vendor.getKey() + " is down";
        if (!meets(vendor.getValue(), of(REQUIRED, incident))
            && !meets(vendor.getValue(), of(OPTIONAL, incident))
            && !meets(vendor.getValue(), of(TELLING, incident))) {
          assertThat(after.get(i).verdict()).as(told).isEqualTo(before.get(i).verdict());
        }
        if (!meets(vendor.getValue(), WholeWorld.procedures().get(i).needs())
            && !meets(vendor.getValue(), of(TELLING, incident))) {
          assertThat(after.get(i).findings())
              .as(told)
              .extracting(Finding::summary)
              .containsExactlyElementsOf(
                  before.get(i).findings().stream().map(Finding::summary).toList());
          assertThat(after.get(i).recommendations())
              .as(told)
              .isEqualTo(before.get(i).recommendations());
        }
        if (meets(vendor.getValue(), of(REQUIRED, incident))) {
          assertThat(after.get(i).verdict()).as(told).isNotEqualTo(Verdict.OK);
        }
      }
    }
  }

  /** What nobody could look at is no reason for a change, nor against one that others recommend. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void diagnoses_oneReadingIsUnread_recommendNoOtherChangeAndDoNotContradict(WholeScene scene) {
    var whole = scene.world().observation();
    var all = diagnoses(whole);
    var before = changes(all);
    var added = new LinkedHashSet<ReadingKey<?>>();
    for (var key : keys()) {
      var after = without(key, whole, all);
      if (!before.containsAll(changes(after))) {
        added.add(key);
      }
      Contradictions.none(after, "without " + key);
    }

    assertThat(added)
        .as("recommended besides " + before)
        .containsExactlyInAnyOrderElementsOf(MAY_ADD.getOrDefault(scene.name(), Map.of()).keySet());
  }

  /** Who does not need it says the same. */
  private static List<Diagnosis> without(
      ReadingKey<?> key, Observation whole, List<Diagnosis> before) {
    var less = lacking(whole, Set.of(key), Why.TIMED_OUT);
    var after = new ArrayList<>(before);
    for (int i = 0; i < before.size(); i++) {
      var procedure = WholeWorld.procedures().get(i);
      if (procedure.needs().contains(key)) {
        after.set(i, procedure.diagnose(less, WholeWorld.ESTATE));
      }
    }
    return after;
  }

  private static Set<String> changes(List<Diagnosis> diagnoses) {
    return diagnoses.stream()
        .flatMap(each -> each.recommendations().stream())
        .filter(each -> each.remedy() != null)
        .map(Recommendation::line)
        .collect(Collectors.toSet());
  }

  private static boolean meets(Set<ReadingKey<?>> these, Set<ReadingKey<?>> those) {
    return these.stream().anyMatch(those::contains);
  }
}
