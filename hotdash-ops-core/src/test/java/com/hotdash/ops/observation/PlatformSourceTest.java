package com.hotdash.ops.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.platform.AnswerHistory;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which readings of a platform are made when some are wanted. */
class PlatformSourceTest {
  private static final Map<String, ReadingKey<?>> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("machines", PlatformLook.MACHINES);
    KEYS.put("secrets", PlatformLook.SECRETS);
    KEYS.put("settings", PlatformLook.SETTINGS);
    KEYS.put("traffic", PlatformLook.TRAFFIC);
    KEYS.put("answers", PlatformLook.ANSWER_TIMES);
    KEYS.put("history", PlatformLook.ANSWER_HISTORY);
    KEYS.put("releases", PlatformLook.RELEASES);
    KEYS.put("logs", PlatformLook.LOGS);
    KEYS.put("resources", PlatformLook.RESOURCES);
    KEYS.put("troubles", PlatformLook.TROUBLES);
  }

  private final List<String> asked = new ArrayList<>();
  private final List<ReadingKey<?>> put = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "machines | machines",
        "secrets | secrets",
        "machines secrets | machines secrets",
        "settings machines | machines settings",
        "traffic | traffic PT1H",
        "answers | answers PT5M",
        "traffic answers | traffic PT1H answers PT5M",
        "answers history | answers PT5M history PT1H",
        "releases | releases",
        "logs | releases logs PT30M",
        "resources | resources PT1H",
        "troubles | troubles",
        "machines resources troubles | machines resources PT1H troubles",
      })
  void read_someWanted_asksForNoOthers(String wanted, String expected) {
    var keys = new HashSet<ReadingKey<?>>();
    Arrays.stream(wanted.split(" ", -1)).forEach(each -> keys.add(KEYS.get(each)));
    var promised = new HashSet<ReadingKey<?>>();

    for (var source : PlatformSource.of(new Recorder(), Duration.ofMinutes(30))) {
      var look = source.open(keys, Time.SYSTEM.deadline(Duration.ofSeconds(10)));
      if (!source.keysFor(keys).isEmpty()) {
        look.read(sink());
      }
      promised.addAll(source.keysFor(keys));
      look.close();
    }

    assertThat(String.join(" ", asked)).isEqualTo(expected);
    assertThat(put).containsExactlyInAnyOrderElementsOf(promised);
  }

  @Test
  void of_port_makesEachReadingOnce() {
    var all =
        PlatformSource.of(new Recorder(), Duration.ofMinutes(30)).stream()
            .flatMap(each -> each.keys().stream())
            .toList();

    assertThat(all).containsExactlyInAnyOrderElementsOf(Set.copyOf(KEYS.values()));
  }

  private Source.Sink sink() {
    return new Source.Sink() {
      @Override
      public <T> void put(ReadingKey<T> key, Reading<T> reading) {
        put.add(key);
      }
    };
  }

  private final class Recorder implements PlatformReader, PlatformLook {
    @Override
    public Estate.Part identity() {
      return new Estate.Part("app", "hotdash", null);
    }

    @Override
    public PlatformLook look(Deadline deadline) {
      return this;
    }

    @Override
    public String byHand(Step step) {
      return "";
    }

    @Override
    public Reading<Machines> machines() {
      return unread("machines");
    }

    @Override
    public Reading<List<Release>> releases() {
      return unread("releases");
    }

    @Override
    public Reading<Boolean> available(Image image) {
      return unread("available");
    }

    @Override
    public Reading<Traffic> traffic(Duration window) {
      return unread("traffic " + window);
    }

    @Override
    public Reading<LogSummary> logs(Duration window, List<Change> changes) {
      return unread("logs " + window);
    }

    @Override
    public Reading<List<SecretDigest>> secrets() {
      return unread("secrets");
    }

    @Override
    public Reading<List<MachineSettings>> settings() {
      return unread("settings");
    }

    @Override
    public Reading<Resources> resources(Duration window) {
      return unread("resources " + window);
    }

    @Override
    public Reading<AnswerTimes> answerTimes(Duration window) {
      return unread("answers " + window);
    }

    @Override
    public Reading<AnswerHistory> answerHistory(Duration window) {
      return unread("history " + window);
    }

    @Override
    public Reading<List<PlatformTrouble>> troubles() {
      return unread("troubles");
    }

    @Override
    public void close() {
      // nothing is open
    }

    private <T> Reading<T> unread(String what) {
      asked.add(what);
      return Reading.unread(new NotChecked(what, Why.UNREACHABLE, "gone", "wait"));
    }
  }
}
