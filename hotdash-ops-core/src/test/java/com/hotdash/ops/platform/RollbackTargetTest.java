package com.hotdash.ops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.platform.Release.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackTargetTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /**
   * Histories are written newest first as {@code version=status:digest}, machines as {@code
   * digest:health}.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bad newest             | 63=complete:c 62=complete:b 61=complete:a | c:failing c:failing  | 62",
        "failed between         | 63=complete:c 62=failed:b 61=complete:a   | c:failing c:failing  | 61",
        "secrets name the image | 64=complete:c 63=complete:c 62=complete:b | c:failing c:failing  | 62",
        "secrets name a failed  | 64=complete:c 63=failed:c 62=complete:b 61=complete:a | b:failing b:failing | 61",
        "half rolled            | 63=failed:c 62=complete:b 61=complete:a   | b:healthy c:failing  | 62",
        "half rolled, all sick  | 63=failed:c 62=complete:b 61=complete:a   | b:failing c:failing  | 61",
        "half rolled, no checks | 63=failed:c 62=complete:b 61=complete:a   | b:unknown c:unknown  | 62",
        "nothing good           | 63=complete:c 62=failed:b 61=interrupted:a | c:failing c:failing | none",
        "never ended            | 63=complete:c 62=running:b 61=complete:a  | c:failing c:failing  | 61",
        "image gone             | 63=complete:c 62=complete:gone 61=complete:a | c:failing c:failing | 61",
        "every image gone       | 63=complete:c 62=complete:gone            | c:failing c:failing  | none",
        "one digest, two tags   | 63=complete:c 62=complete:c 61=complete:a | c:failing c:failing  | 61",
        "machines behind        | 63=complete:c 62=complete:b 61=complete:a | b:failing b:failing  | 61",
        "unknown status         | 63=complete:c 62=shipped:b 61=complete:a  | c:failing c:failing  | 61",
        "history too short      | 63=complete:c 62=complete:b               | a:failing a:failing  | none",
        "nothing runs           | 63=complete:c 62=complete:b               | c:stopped c:stopped  | none",
        "left before            | 63=complete:c 62=complete:w 61=complete:b 60=complete:w | c:failing c:failing | 62",
        "bad, back, bad, back   | 62=complete:x 61=complete:w 60=complete:b 59=complete:w | w:failing w:failing | none",
        "secrets over a good one | 62=complete:b 61=complete:b 60=complete:a | b:healthy b:healthy  | 60",
        "no machine says what   | 63=complete:c 62=complete:b               | q:unknown q:unknown  | none",
        "all crashed            | 63=complete:c 62=complete:b 61=complete:a | c:crashed c:crashed  | 62",
        "given up, one is well  | 63=failed:c 62=complete:b 61=complete:a   | c:failed b:healthy   | 62",
        "the cure is half rolled | 63=running:c 62=complete:b 61=complete:a | b:failing c:healthy  | none",
        "stopped ones are asleep | 63=complete:c 62=complete:b 61=complete:a | c:failing b:stopped | 62",
      })
  void choose_history_isTheNewestOtherImageThatWentOut(
      String name, String history, String machines, String expected) {
    var choice =
        RollbackTarget.choose(
            releases(history), machines(machines), image -> !"gone".equals(image.digest()));

    assertThat(choice.target() == null ? "none" : "" + choice.target().version())
        .as("%s: %s", name, choice)
        .isEqualTo(expected);
    assertThat(choice.because()).isNotBlank();
  }

  @Test
  void choose_manyImagesGone_asksForFiveAndSaysSo() {
    var asked = new ArrayList<Image>();
    var choice =
        RollbackTarget.choose(
            releases(
                "9=complete:z 8=complete:h 7=complete:g 6=complete:f 5=complete:e"
                    + " 4=complete:d 3=complete:c 2=complete:b"),
            machines("z:failing"),
            image -> {
              asked.add(image);
              return false;
            });

    assertThat(asked).extracting(Image::digest).containsExactly("h", "g", "f", "e", "d");
    assertThat(choice.toString()).startsWith("none: the images of 5 good releases are gone");
  }

  @Test
  void choose_passedOver_saysWhy() {
    var choice =
        RollbackTarget.choose(
            releases("63=complete:c 62=complete:c 61=failed:b 60=complete:gone 59=complete:a"),
            machines("c:failing"),
            image -> !"gone".equals(image.digest()));

    assertThat(choice.passedOver())
        .containsExactly(
            "v62: it has the image that is left",
            "v61: it is failed",
            "v60: its image cannot be fetched any more");
    assertThat(choice.leaving()).extracting(Release::version).isEqualTo(63);
  }

  @Test
  void choose_healthyMachinesRunTheTarget_saysSo() {
    var choice =
        RollbackTarget.choose(
            releases("63=failed:c 62=complete:b"), machines("b:healthy c:failing"), image -> true);

    assertThat(choice.because()).contains("healthy machines run it now: 1");
  }

  @Test
  void same_digestUnknownOnOneSide_comparesNames() {
    assertThat(new Image("r/app:1", null).same(new Image("r/app:1", "sha256:a"))).isTrue();
    assertThat(new Image("r/app:1", "sha256:b").same(new Image("r/app:1", "sha256:a"))).isFalse();
    assertThat(new Image("r/app:2", null).same(new Image("r/app:1", "sha256:a"))).isFalse();
  }

  @Test
  void label_anyReference_isShort() {
    assertThat(new Image("registry/app:deployment-1@sha256:ab", "sha256:ab").label())
        .isEqualTo("deployment-1");
    assertThat(
            new Image("registry:5000/app@sha256:0123456789abcdef", "sha256:0123456789abcdef")
                .label())
        .isEqualTo("sha256:0123456789ab");
    assertThat(new Image("app", null).label()).isEqualTo("app");
  }

  private static List<Release> releases(String text) {
    var all = new ArrayList<Release>();
    for (var each : text.trim().split("\\s+", -1)) {
      var parts = each.split("[=:]", -1);
      var status =
          switch (parts[1]) {
            case "complete" -> Status.COMPLETE;
            case "failed" -> Status.FAILED;
            case "interrupted" -> Status.INTERRUPTED;
            case "running" -> Status.RUNNING;
            default -> Status.UNKNOWN;
          };
      int version = Integer.parseInt(parts[0]);
      all.add(
          new Release(
              version,
              status,
              parts[1],
              new Image("registry/app:deployment-" + version, parts[2]),
              NOW.minusSeconds(3600L * (100 - version)),
              "alice",
              "Release"));
    }
    return all;
  }

  private static Machines machines(String text) {
    var all = new ArrayList<Machine>();
    for (var each : text.trim().split("\\s+", -1)) {
      var parts = each.split(":", -1);
      var health = parts[1].toUpperCase(Locale.ROOT);
      var checks =
          switch (health) {
            case "FAILING" -> List.of(check(MachineCheck.Status.CRITICAL));
            case "UNKNOWN" -> List.<MachineCheck>of();
            default -> List.of(check(MachineCheck.Status.PASSING));
          };
      all.add(
          new Machine(
              "m" + all.size(),
              "01J" + all.size(),
              "ord",
              "app",
              state(health),
              state(health).name().toLowerCase(Locale.ROOT),
              new Image("registry/app:tag-" + parts[0], parts[0]),
              null,
              new Guest("shared", 2, 2048),
              false,
              true,
              1,
              checks,
              health.equals("CRASHED")
                  ? List.of(new MachineExit(NOW, 1, false, false, 10))
                  : List.of(),
              NOW));
    }
    return new Machines(all);
  }

  private static MachineCheck check(MachineCheck.Status status) {
    return new MachineCheck("servicecheck-00-http-3000", status, "", NOW);
  }

  private static MachineState state(String word) {
    return switch (word) {
      case "STOPPED", "CRASHED" -> MachineState.STOPPED;
      case "FAILED" -> MachineState.FAILED;
      default -> MachineState.STARTED;
    };
  }
}
