package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.ManualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Puts a marked secret and control characters in every place of a line, and looks at all strings.
 */
class LogCanaryTest {
  private static final String CANARY = "kX9canaryPass";

  private static List<String> lines(String word) {
    var json = word.replace("\u001b", "\\u001b").replace("\u0007", "\\u0007").replace("\n", "\\n");
    return List.of(
        "ERROR it broke " + word,
        word + "Error: x",
        "Error: connect ECONNREFUSED " + word,
        "Health check '" + word + "' on port 3000 has failed. Your app is not responding",
        "Main child exited normally with code: 137 " + word,
        "GET /reset/" + word + " 504 - - 31000 ms",
        "1.2.3.4 - - [23/Nov/2026:10:00:00 +0000] \"GET /"
            + word
            + " HTTP/1.1\" 503 1 \"-\" \"ua\"",
        "level=error msg=\"x " + json + "\" code=" + word + " route=/" + word + " duration=9s",
        "{\"level\":\"error\",\"message\":\"%1$s\",\"module\":\"%1$s\",\"route\":\"/%1$s\",\"durationMs\":9000,\"fingerprint\":\"%1$s\"}"
            .formatted(json),
        "{\"level\":\"error\",\"message\":\"x\",\"error\":{\"name\":\"%1$s\",\"message\":\"%1$s\",\"code\":\"%1$s\",\"stack\":\"%1$sError: y\\n    at %1$s (/app/%1$s.js:1:2)\"}}"
            .formatted(json),
        "{\"level\":\"info\",\"message\":\"sync\",\"operation\":\"%1$s\",\"method\":\"%1$s\",\"path\":\"/%1$s\",\"elapsed\":\"9s\"}"
            .formatted(json),
        "{\"level\":\"error\",\"message\":\"x\",\"stack\":\"%1$s: y\\n    at f (/app/a.js:1:2)\"}"
            .formatted(json));
  }

  private static LogSummary read(String word, @Nullable String machine) {
    var at = Instant.parse("2026-11-23T10:00:00Z");
    var all = new ArrayList<LogLine>();
    for (var text : lines(word)) {
      all.add(
          new LogLine(at.plusSeconds(all.size()), machine, machine, machine, machine, text, null));
    }
    var query =
        new LogQuery(
            "logs of " + word,
            at.minusSeconds(5),
            null,
            true,
            List.of(new Change("v1 " + word, at)));
    return LogReader.builder()
        .durationsFrom(Duration.ZERO)
        .time(new ManualTime().time())
        .redactor(Redactor.of(List.of(Secret.of(CANARY))))
        .build()
        .read(all, query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CANARY,
        "kX9canary\u0007Pass",
        "kX9\u001b[31mcanary\u001b[0mPass",
        "shpat_canary33333333",
        "canary@example.com",
        "postgres://u:canary@h/d",
        "\u001b]0;title\u0007\u001b[31mred",
      })
  void read_markedWordInEveryPlace_isInNoStringOfTheResult(String word) {
    var strings = new ArrayList<String>();
    var summary = read(word, word);
    collect(summary, strings);
    collect(summary.slow(Duration.ofMillis(1)), strings);
    collect(summary.reading(), strings);

    assertThat(strings).hasSizeGreaterThan(60);
    assertThat(strings)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContainIgnoringCase("canary")
                    .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f]"));
  }

  @Test
  void read_markedWordOfNoSecret_isFoundByTheSameSearch() {
    var strings = new ArrayList<String>();
    collect(read("harmlessword", "harmlessword"), strings);

    assertThat(strings.stream().filter(text -> text.contains("harmlessword")).count())
        .isGreaterThan(20);
  }

  /** All strings that a caller can reach through public methods without arguments. */
  private static void collect(@Nullable Object value, List<String> into) {
    if (value instanceof String text) {
      into.add(text);
    } else if (value instanceof Collection<?> many) {
      many.forEach(each -> collect(each, into));
    } else if (value instanceof Map<?, ?> map) {
      collect(map.keySet(), into);
      collect(map.values(), into);
    } else if (value instanceof Optional<?> maybe) {
      maybe.ifPresent(each -> collect(each, into));
    } else if (value != null && value.getClass().getName().startsWith("com.hotdash")) {
      into.add(value.toString());
      // A reading of the sum leads back to the sum.
      if (!(value instanceof Enum<?>) && !(value instanceof LogSummary && into.size() > 1)) {
        for (var method : value.getClass().getMethods()) {
          if (method.getParameterCount() == 0
              && !Modifier.isStatic(method.getModifiers())
              && method.getDeclaringClass() != Object.class
              && !method.getReturnType().isInstance(value)) {
            try {
              collect(method.invoke(value), into);
            } catch (IllegalAccessException | InvocationTargetException e) {
              throw new LinkageError(method.toString(), e);
            }
          }
        }
      }
    }
  }
}
