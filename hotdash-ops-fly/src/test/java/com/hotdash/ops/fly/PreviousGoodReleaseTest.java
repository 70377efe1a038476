package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the runbook's choice of a release to go back to stands on what Fly really answers. */
class PreviousGoodReleaseTest {
  private static final Map<Character, Character> HEX =
      Map.of('w', 'a', 'x', 'b', 'y', 'c', 'z', 'd', 'b', 'e', 'q', 'f');

  /**
   * A history as "61 complete y, 62 failed x"; machines as "x x y"; an image's letter is its
   * digest.
   */
  private static final class History implements AutoCloseable {
    final SimulatedFly world = new SimulatedFly();
    private final Map<String, FlyImage> images = new HashMap<>();

    History(String history, String machines) {
      var first = Integer.parseInt(history.split(" ", 2)[0]);
      var writer = world.theirs.history(Instant.parse("2026-11-20T00:00:00Z")).from(first);
      for (var one : history.split(", ", -1)) {
        var part = one.split(" ", -1);
        writer.with(part[1], image(part[2]));
      }
      for (var tag : machines.split(" ", -1)) {
        if (!tag.isEmpty()) {
          world.theirs.machine("ord", image(tag));
        }
      }
    }

    FlyImage image(String tag) {
      return images.computeIfAbsent(
          tag,
          name -> {
            var digest = "sha256:" + String.valueOf(HEX.get(name.charAt(0))).repeat(64);
            return world.fly.add(FlyImage.of(SimulatedFly.APP, "deployment-" + name, digest));
          });
    }

    void silence(FlyHost host, String path) {
      world.fly.site(host).fault("*", path, 100, WebFault.instead(Answer.text(500, "a/b", "no")));
    }

    @Override
    public void close() {
      world.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bad newest                | 61 complete y, 62 complete x                       | x x | -  | 61",
        "failed between            | 61 complete y, 62 failed z, 63 complete x          | x x | -  | 61",
        "secrets carries bad image | 61 complete y, 62 failed x, 63 complete x          | x x | -  | 61",
        "secrets over a good one   | 60 complete w, 61 complete y, 62 complete y        | y y | -  | 60",
        "mixed machines            | 61 complete y, 62 failed x                         | x y | -  | 61",
        "mixed, then secrets       | 61 complete y, 62 failed x, 63 complete x          | y x | -  | 61",
        "nothing good              | 61 failed y, 62 interrupted w, 63 complete x       | x   | -  | none",
        "image gone, an older one  | 60 complete w, 61 complete y, 62 complete x        | x   | y  | 60",
        "image gone, no other      | 61 complete y, 62 complete x                       | x   | y  | none",
        "one digest, two tags      | 60 complete w, 61 complete x2, 62 complete x       | x   | -  | 60",
        "machines behind           | 60 complete w, 61 complete y, 62 complete x        | y y | -  | 60",
        "old words for good        | 60 succeeded w, 61 dead y, 62 complete x           | x   | -  | 60",
        "rolled back before        | 59 complete w, 60 complete b, 61 complete w, 62 complete x | w w | - | none",
        "bad, back, bad again      | 60 complete w, 61 complete b, 62 complete w, 63 complete x | x | - | 62",
        "a deploy under way        | 61 complete y, 62 complete x, 63 running z         | x x | -  | 61",
        "unknown to all releases   | 61 complete y, 62 complete x                       | q   | -  | none",
        "no machine                | 61 complete y, 62 complete x                       | ''  | -  | none"
      })
  void previousGoodRelease_history_isTheReleaseOrNone(
      String name, String history, String machines, String gone, String expected) {
    for (boolean graphQl : new boolean[] {true, false}) {
      try (var past = new History(history, machines)) {
        if (!gone.equals("-")) {
          past.world.fly.remove(past.image(gone));
        }
        if (!graphQl) {
          past.silence(FlyHost.WEB, "/graphql"); // REST tells no digests: they are looked up
        }

        var target = past.world.app.previousGoodRelease();

        assertThat(target.target() == null ? "none" : "" + target.target().version())
            .as("%s, GraphQL %s: %s", name, graphQl, target)
            .isEqualTo(expected);
        if (target.target() != null) {
          assertThat(target.target().image().identity()).contains("@sha256:");
        }
      }
    }
  }

  @Test
  void previousGoodRelease_registrySilent_isNotGuessed() {
    try (var past = new History("60 complete w, 61 complete y, 62 complete x", "x x")) {
      past.silence(FlyHost.REGISTRY, ".*");
      past.silence(FlyHost.WEB, "/graphql");

      assertThatThrownBy(past.world.app::previousGoodRelease)
          .isInstanceOf(FlyRefusedException.class)
          .hasMessageContaining("could not be looked up");
    }
  }
}
