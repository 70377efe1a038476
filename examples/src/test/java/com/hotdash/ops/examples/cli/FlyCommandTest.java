package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlyCommandTest {
  private static final String APP = "hotdash-production";

  // The command goes by the true time, so the simulated Fly is a little before it.
  private final FakeTime time = FakeTime.startingAt(Instant.now().minusSeconds(60));
  private final FlySimulator fly = FlySimulator.start(time.time());
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void world(@TempDir Path directory) {
    var image = fly.add(FlyImage.of(APP, "deployment-63"));
    var app = fly.app(APP);
    app.history(time.now().minusSeconds(3600)).from(63).complete(image);
    var machine = app.machine("ord", image);
    for (var text : new String[] {"slow request 1500ms", "GET / 500", "all is well"}) {
      time.advance(Duration.ofSeconds(1));
      app.log(new FlyLogLine(time.now(), machine.id(), "ord", "app", "info", text));
    }
    var web = fly.address(FlyHost.WEB).toString();
    variables.put("FLY_APP", APP);
    variables.put("FLY_API_TOKEN", fly.token(Kind.ORG, APP).secret().reveal());
    variables.put("FLY_FLAPS_BASE_URL", fly.address(FlyHost.MACHINES).toString());
    variables.put("FLY_API_BASE_URL", web);
    variables.put("FLY_UIEX_BASE_URL", web);
    variables.put("HOTDASH_OPS_FLY_PROMETHEUS_URL", web + "/prometheus");
    variables.put(
        "FLY_STATUSPAGE_UNRESOLVED_INCIDENTS_URL",
        fly.address(FlyHost.INCIDENTS) + "/v1/incidents");
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("j.jsonl").toString());
  }

  @AfterEach
  void close() {
    fly.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status | 0 | hotdash-production",
        "releases | 0 | v63",
        "logs | 0 | all is well",
      })
  void fly_view_isShownAndChangesNothing(String view, int code, String shown) {
    var ran = run("fly", view);

    assertThat(ran.out()).as(ran.err()).contains(shown);
    assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(code);
    assertThat(fly.changes()).isEmpty();
    assertThat(run("fly", view, "--json").out()).startsWith("{").contains("\"fly-" + view + '"');
  }

  @ParameterizedTest
  @CsvSource({
    "status, \"state\"",
    "releases, \"version\" : 63",
    "logs, \"message\" : \"all is well\""
  })
  void fly_json_hasWhatThePageShows(String view, String held) {
    assertThat(run("fly", view, "--json").out()).contains(held);
  }

  @Test
  void fly_logsLongerThanShown_saysHowManyAreLeftOut() {
    var ran = run("fly", "logs", "--lines=1");

    assertThat(ran.out())
        .contains("Shown are the newest 1 of 3; --lines=3 shows all.", "all is well")
        .doesNotContain("GET / 500");
    assertThat(run("fly", "logs").out()).doesNotContain("Shown are the newest");
  }

  @Test
  void fly_logsWithGrep_areTheMatchingLines() {
    var ran = run("fly", "logs", "--grep=\\b5\\d\\d\\b", "--last=5m");

    assertThat(ran.out()).contains("GET / 500").doesNotContain("all is well", "1500ms");
  }

  @ParameterizedTest
  @CsvSource({
    "fly logs --grep=(, 2",
    "fly status --grep=x, 2",
    "fly, 2",
    "fly logs --last=2h, 2",
    "fly logs --lines=0, 2"
  })
  void fly_misused_isToldSo(String line, int code) {
    assertThat(run(line.split(" ", -1)).code()).isEqualTo(code);
  }

  @Test
  void fly_appThatFlyDoesNotShow_namesTheVariablesToCompare() {
    variables.put("FLY_APP", "hotdash-prod");

    var ran = run("diagnose", "high-error-rate");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out().lines().filter(line -> line.startsWith("Next  ")).toList())
        .singleElement()
        .asString()
        .contains("FLY_APP");
    assertThat(ran.out()).contains("FLY_API_TOKEN").doesNotContain("not configured, GET");
  }

  @Test
  void fly_appNotSet_saysWhatToSet() {
    variables.remove("FLY_APP");

    var ran = run("fly", "releases");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("FLY_APP");
  }

  @Test
  void fly_tokenNotSet_saysWhatToSetOnce() {
    variables.remove("FLY_API_TOKEN");

    var ran = Ran.in(variables, "fly", "status");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().strip())
        .isEqualTo("fly configure: no token is set. Next: set FLY_API_TOKEN; see --help");
  }

  @Test
  void fly_statusThatIsPartlyBlind_isUnknown() {
    fly.site(FlyHost.WEB)
        .fault("*", "/graphql", 100, WebFault.instead(Answer.text(500, "text/html", "<html>")));

    var ran = run("fly", "status");

    assertThat(ran.code()).as(ran.out()).isEqualTo(3);
  }

  private Ran run(String... args) {
    return Ran.in(variables, args);
  }
}
