package com.hotdash.ops.examples.lines;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.catalogue.Answer;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.catalogue.RunbookLine;
import com.hotdash.ops.examples.lines.LinesWorld.Asked;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.Waiter;
import com.hotdash.ops.testkit.web.SeenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every line of the runbook that tells to look or to act is invoked, on the simulated estate and a
 * real PostgreSQL after a bad release. What it is answered with and whom it asked stands in {@code
 * lines.csv}; nothing may change anything.
 */
class AllLinesIT {
  /**
   * @param with the arguments
   * @param answer the kind of answer
   * @param asked who must be asked
   * @param perhaps who may be: in virtual time one reader's wait can use up another's time
   */
  private record Expected(
      Map<String, String> with, String answer, Set<Asked> asked, Set<Asked> perhaps) {}

  @Test
  void invoke_everyLine_asksWhomItShouldAndChangesNothing() throws Exception {
    var expected = expected();
    try (var world = new LinesWorld();
        var fault = IdleInTransaction.start(world.hotdash.app(), 2)) {
      var lines = Runbook.lines().stream().filter(line -> line.kind().acts()).toList();
      assertThat(expected.keySet())
          .containsExactlyElementsOf(lines.stream().map(RunbookLine::id).toList())
          .hasSize(81);
      var softly = new SoftAssertions();
      world.asked();
      for (var line : lines) {
        check(softly, line, expected.get(line.id()), world);
      }
      softly.assertAll();

      assertNothingChanged(world);
      assertThat(fault.waiters())
          .as("nobody ended the session that they wait for")
          .hasSize(2)
          .extracting(Waiter::outcome)
          .containsOnly(Waiter.Outcome.WAITING);
    }
  }

  private static void check(
      SoftAssertions softly, RunbookLine line, Expected expected, LinesWorld world) {
    var answer = line.invoke(world.ops, expected.with());
    softly.assertThat(answer.getClass().getSimpleName()).as(line.id()).isEqualTo(expected.answer());
    var asked = world.asked();
    softly.assertThat(asked).as(line.id()).containsAll(expected.asked());
    asked.removeAll(expected.asked());
    softly.assertThat(expected.perhaps()).as(line.id()).containsAll(asked);
    softly.assertThat(answer.toString()).as(line.id()).contains(line.id(), "Covered by");
    if (answer instanceof Answer.Planned planned) {
      softly.assertThat(planned.plan().digest()).as(line.id()).hasSize(16);
      softly.assertThat(planned.plan().effect()).as(line.id()).isIn((Object[]) Effect.values());
    }
  }

  private static void assertNothingChanged(LinesWorld world) {
    assertThat(world.estate.fly().changes()).isEmpty();
    assertThat(world.estate.shopify().effects()).isEmpty();
    assertThat(world.estate.flyApp().machines()).noneMatch(machine -> machine.leased());
    for (var reader : List.of(Asked.GITHUB, Asked.APP, Asked.STATUS)) {
      assertThat(world.requests(reader))
          .isNotEmpty()
          .extracting(SeenRequest::method)
          .containsOnly("GET");
    }
    assertThat(world.requests(Asked.FLY).stream().filter(each -> !each.method().equals("GET")))
        .allMatch(each -> each.path().equals("/graphql"));
    assertThat(world.statementsThatChange()).isEmpty();
  }

  private static Map<String, Expected> expected() throws IOException {
    try (InputStream in = AllLinesIT.class.getResourceAsStream("lines.csv")) {
      assertThat(in).isNotNull();
      var rows = new LinkedHashMap<String, Expected>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(";", -1))
          .forEach(
              cells ->
                  rows.put(
                      cells[0].strip(),
                      new Expected(
                          with(cells[1]),
                          cells[2].strip(),
                          asked(cells[3], false),
                          asked(cells[3], true))));
      return rows;
    }
  }

  private static Map<String, String> with(String cell) {
    return Arrays.stream(cell.strip().split(" ", -1))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static Set<Asked> asked(String cell, boolean perhaps) {
    return Arrays.stream(cell.strip().split(" ", -1))
        .filter(each -> !each.isEmpty() && each.endsWith("?") == perhaps)
        .map(each -> Asked.valueOf(each.replace("?", "")))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Asked.class)));
  }
}
