package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.APP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log pages and their cursor. */
class FlyLogsTest {
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void page_withoutToken_isTheNewestHundredOldestFirst() throws Exception {
    lines(250);

    var page = page("");

    assertThat(messages(page)).hasSize(100).startsWith("line 150").endsWith("line 249");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pages_fromATimeOfOnesOwn_loseAndRepeatNothing(boolean numeric) throws Exception {
    it.fly.set(FlyQuirk.NUMERIC_LOG_TOKENS, numeric);
    lines(250);
    var all = new ArrayList<String>();
    String token = FlyFixture.START.minusSeconds(300).getEpochSecond() + "000000000";

    for (int i = 0; i < 3; i++) {
      var page = page("?next_token=" + token);
      all.addAll(messages(page));
      assertThat(page.at("/meta/next_token").isNumber()).isEqualTo(numeric);
      token = page.at("/meta/next_token").asText();
      assertThat(token).hasSize(19);
    }

    assertThat(all).hasSize(250).doesNotHaveDuplicates();
    var empty = page("?next_token=" + token);
    assertThat(empty.path("data")).isEmpty();
    assertThat(empty.at("/meta/next_token").asText()).isEmpty();
  }

  @Test
  void pages_overlapping_repeatTheLastLine() throws Exception {
    it.fly.set(FlyQuirk.LOG_PAGES_OVERLAP, true);
    lines(3);

    var first =
        page("?next_token=" + FlyFixture.START.minusSeconds(300).getEpochSecond() + "000000000");
    var second = page("?next_token=" + first.at("/meta/next_token").asText());

    assertThat(messages(second)).containsExactly("line 2");
  }

  @Test
  void page_byMachine_isNotInTheOrderOfTime() throws Exception {
    it.fly.set(FlyQuirk.LOG_PAGES_BY_MACHINE, true);
    lines(10);

    var times = page("").path("data").findValuesAsText("timestamp");

    assertThat(times).isNotEqualTo(times.stream().sorted().toList());
  }

  @Test
  void page_filters_andAgeAreKept() throws Exception {
    lines(10);
    it.app.log(
        new FlyLogLine(
            FlyFixture.START.minusSeconds(8 * 86400), it.one.id(), "ord", "app", "info", "old"));

    assertThat(messages(page("?instance=" + it.two.id()))).hasSize(5);
    assertThat(messages(page("?region=syd"))).isEmpty();
    assertThat(messages(page("?next_token=1000000000000000000"))).hasSize(10).doesNotContain("old");
  }

  @Test
  void page_proxyLine_carriesItsErrorTwice() throws Exception {
    it.app.log(
        new FlyLogLine(
            FlyFixture.START, it.one.id(), "ord", "proxy", "error", "[PR03] no candidate"));

    var attributes = page("").at("/data/0/attributes");

    assertThat(attributes.at("/meta/event/provider").asText()).isEqualTo("proxy");
    assertThat(attributes.at("/meta/error/message").asText()).isEqualTo("[PR03] no candidate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "-1", "9999999999999999999"})
  void page_badToken_is400(String token) throws Exception {
    assertThat(ask("?next_token=" + token).status()).isEqualTo(400);
  }

  private void lines(int count) {
    for (int i = 0; i < count; i++) {
      var machine = i % 2 == 0 ? it.one : it.two;
      it.app.log(
          new FlyLogLine(
              FlyFixture.START.minusSeconds(count - i),
              machine.id(),
              "ord",
              "app",
              "info",
              "line " + i));
    }
  }

  private static List<String> messages(JsonNode page) {
    var found = new ArrayList<String>();
    page.path("data").forEach(line -> found.add(line.at("/attributes/message").asText()));
    return found;
  }

  private JsonNode page(String query) throws Exception {
    return ask(query).json();
  }

  private FlyFixture.Reply ask(String query) throws Exception {
    return it.ask(
        FlyHost.WEB,
        "GET",
        "/api/v1/apps/" + APP + "/logs" + query,
        "",
        "Authorization",
        FlyFixture.macaroons(it.org));
  }
}
