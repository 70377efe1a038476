package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.fly.ImageLook.Presence;
import com.hotdash.ops.secret.Redactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackSearchTest {
  private static final String REPOSITORY = "registry.fly.io/hotdash-production:";

  /** A history as "61 complete y, 62 failed x"; machines as "x x y"; image letter = digest. */
  private static RollbackTarget find(String history, String machines, String gone) {
    var releases = new ArrayList<Release>();
    for (var one : history.split(", ", -1)) {
      var part = one.split(" ", -1);
      // "x2" is another tag of x; a trailing "?" means that Fly did not tell the digest.
      boolean told = !part[2].endsWith("?");
      var tag = part[2].replace("?", "");
      var image = ImageRef.parse(REPOSITORY + tag);
      releases.add(
          new Release(
              "r" + part[0],
              Integer.parseInt(part[0]),
              part[1],
              "",
              told ? image.withDigest(digest(tag)) : image,
              null,
              ""));
    }
    releases.sort(Comparator.comparingInt(Release::version).reversed());
    return new RollbackSearch(releases, machines(machines), image -> look(image, gone)).find();
  }

  private static ImageLook look(ImageRef image, String gone) {
    if (gone.equals("silent")) {
      return new ImageLook(image, Presence.UNKNOWN, "the registry gave no answer");
    }
    var tag = String.valueOf(image.tag());
    boolean there = Arrays.stream(gone.split(" ", -1)).noneMatch(tag::equals);
    return there
        ? new ImageLook(image.withDigest(digest(tag)), Presence.PRESENT, "")
        : new ImageLook(image, Presence.GONE, "");
  }

  private static String digest(String tag) {
    return "sha256:" + tag.charAt(0);
  }

  private static List<Machine> machines(String images) {
    return Arrays.stream(images.split(" "))
        .filter(tag -> !tag.isEmpty())
        .map(RollbackSearchTest::machine)
        .toList();
  }

  private static Machine machine(String tag) {
    Map<String, Object> machine = new HashMap<>();
    machine.put("id", "m");
    machine.put("state", "started");
    machine.put(
        "image_ref",
        Map.of(
            "registry",
            "registry.fly.io",
            "repository",
            "hotdash-production",
            "tag",
            tag,
            "digest",
            digest(tag)));
    machine.put("config", Map.of("metadata", Map.of("fly_platform_version", "v2")));
    return Machine.from(Fields.of(machine), "machine.get", Redactor.SHAPES);
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
        "two tags, digest not told | 60 complete w?, 61 complete x2?, 62 complete x?    | x   | -  | 60",
        "machines behind           | 60 complete w, 61 complete y, 62 complete x        | y y | -  | 60",
        "old words for good        | 60 succeeded w, 61 dead y, 62 complete x           | x   | -  | 60",
        "rolled back before        | 59 complete w, 60 complete b, 61 complete w, 62 complete x | w w | - | none",
        "bad, back, bad again      | 60 complete w, 61 complete b, 62 complete w, 63 complete x | x | - | 62",
        "a deploy under way        | 61 complete y, 62 complete x, 63 running z          | x x | -  | 61",
        "registry silent           | 61 complete y, 62 complete x                       | x   | silent | none",
        "unknown to all releases   | 61 complete y, 62 complete x                       | q   | -  | none",
        "no machine                | 61 complete y, 62 complete x                       | ''  | -  | none"
      })
  void find_historyAndMachines_givesTheReleaseOrNone(
      String name, String history, String machines, String gone, String expected) {
    var target = find(history.strip(), machines.strip(), gone.strip());

    assertThat(target.release().map(one -> "" + one.version()).orElse("none"))
        .as(target.toString())
        .isEqualTo(expected);
    assertThat(target.why()).isNotBlank();
  }

  @Test
  void find_target_isPinnedByDigestAndSaysWhatWasPassedOver() {
    var target = find("60 complete w?, 61 failed y, 62 complete x", "x", "-");

    assertThat(String.valueOf(target.image())).isEqualTo(REPOSITORY + "w@sha256:w");
    assertThat(target.passedOver()).contains("v61: its status is failed");
    assertThat(target.toString()).contains("deployImage(\"" + REPOSITORY + "w@sha256:w\")");
  }
}
