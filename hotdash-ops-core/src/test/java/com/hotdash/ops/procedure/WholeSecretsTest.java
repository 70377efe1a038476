package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever outside systems put into their texts: what leaves has been redacted. */
class WholeSecretsTest {
  private static final String KNOWN = "correct-horse-battery-9Zx";
  private static final String SHAPED = "shpat_0123456789abcdef0123456789abcdef";
  private static final Redactor REDACTOR = Redactor.of(List.of(Secret.of(KNOWN)));
  // So much of a secret, or more, is a leak, also where a text was cut.
  private static final int PIECE = 10;

  static Stream<WholeScene> scenes() {
    return WholeScenes.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void reports_ofAnyScene_holdNothingOfASecret(WholeScene scene) {
    var world = new WholeWorld();
    // Where a text is cut, another part of the two stands.
    boolean odd = scene.name().length() % 2 == 1;
    world.taint = new Taint(odd ? SHAPED + " " + KNOWN : KNOWN + " " + SHAPED);
    world.redactor = REDACTOR;
    hold(scene.change(world).unread(PlatformLook.TROUBLES, Why.UNREACHABLE));
  }

  private static void hold(WholeWorld world) {
    var diagnoses = world.diagnoses();
    var triage = WholeWorld.triage(diagnoses);
    for (var report :
        Stream.concat(diagnoses.stream().map(Report::of), Stream.of(Report.of(triage))).toList()) {
      clean(report.text(REDACTOR));
      clean(report.markdown(REDACTOR));
      clean(report.html(REDACTOR));
      clean(report.json(REDACTOR));
    }
  }

  private static void clean(String text) {
    assertThat(text).isNotBlank();
    // Of a text over two lines the break is no escape.
    var joined = text.replaceAll("\\s+", "");
    for (var secret : List.of(KNOWN, SHAPED)) {
      for (int i = 0; i + PIECE <= secret.length(); i++) {
        var piece = secret.substring(i, i + PIECE);
        assertThat(joined.contains(piece)).as("%s is in %s", piece, text).isFalse();
      }
    }
  }
}
