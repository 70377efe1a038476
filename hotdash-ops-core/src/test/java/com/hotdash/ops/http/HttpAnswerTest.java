package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.hotdash.ops.http.HttpProtocolException.Kind;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// Public, as its records are: a client's own wire records are not, and its module opens their
// package to Jackson.
public final class HttpAnswerTest {
  /** A wire record. */
  public record MachineJson(
      @Nullable String id,
      @Nullable Integer cpus,
      @JsonProperty("updated_at") @Nullable Instant updatedAt) {}

  private static HttpAnswer answer(HttpRequest request, String type, String body) {
    var context =
        new CallContext(
            "fly",
            request,
            "GET api/x",
            Duration.ofSeconds(1),
            Redactor.of(List.of(Secret.of("canary-9876"))));
    return new HttpAnswer(
        new HttpHead(200, Map.of("Content-Type", List.of(type)), "r-1"),
        body.getBytes(StandardCharsets.UTF_8),
        false,
        context);
  }

  private static HttpAnswer read(String type, String body) {
    return answer(HttpRequest.get("machine.get").build(), type, body);
  }

  private static HttpProtocolException refused(HttpAnswer answer, Class<?> as) {
    return catchThrowableOfType(HttpProtocolException.class, () -> answer.json(as));
  }

  @Test
  void json_record_forgivesUnknownAndMissingFields() {
    var machine =
        read(
                "application/json",
                "{\"id\":\"m1\",\"new_field\":[1],\"updated_at\":\"2026-11-23T03:00:00Z\"}")
            .json(MachineJson.class);

    assertThat(machine)
        .isEqualTo(new MachineJson("m1", null, Instant.parse("2026-11-23T03:00:00Z")));
  }

  @Test
  void json_arrayAndMap_areRead() {
    assertThat(
            read("application/json", "[{\"id\":\"a\"},{\"id\":\"b\"}]").json(MachineJson[].class))
        .hasSize(2);
    assertThat(read("application/json", "{\"p\":1.10}").jsonObject())
        .isEqualTo(Map.of("p", new BigDecimal("1.10")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/html        | <html><title>504 Gateway Time-out</title></html> | NOT_JSON | HTML page \"504 Gateway Time-out\"",
        "application/json | <!doctype html>canary-9876                       | NOT_JSON | <!doctype html>***",
        "text/html        | please log in                                    | NOT_JSON | please log in",
        "application/json | ``                                               | NOT_JSON | empty body",
        "application/json | {\"id\":                                         | BAD_JSON | malformed JSON at line 1",
        "application/json | null                                             | BAD_JSON | null where MachineJson",
        "application/json | {\"id\":\"a\"} trailing                          | BAD_JSON | malformed JSON",
        "application/json | {\"cpus\":\"my-own-secret\"}                     | BAD_JSON | does not fit MachineJson at cpus",
        "application/json | [1]                                              | BAD_JSON | does not fit MachineJson at its root",
      })
  void json_unusable_saysWhatCame(String type, String body, Kind kind, String words) {
    var refusal = refused(read(type, body), MachineJson.class);

    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(refusal).hasMessageContaining(words).hasMessageContaining("r-1").hasNoCause();
    assertThat(refusal).hasMessageNotContaining("canary").hasMessageNotContaining("my-own-secret");
    assertThat(refusal.outcomeUnknown()).isFalse();
  }

  @Test
  void json_nestedTooDeep_isRefused() {
    assertThat(read("application/json", "[".repeat(64) + "]".repeat(64)).json(Object[].class))
        .hasSize(1);

    var refusal = refused(read("application/json", "[".repeat(100_000)), Object[].class);

    assertThat(refusal.kind()).isEqualTo(Kind.BAD_JSON);
    assertThat(refusal).hasMessageContaining("deeper than 64");
  }

  @Test
  void json_unusableAfterWrite_outcomeUnknown() {
    var refusal =
        refused(
            answer(HttpRequest.post("machine.start").build(), "text/html", "<p>hello"), Map.class);

    assertThat(refusal.outcomeUnknown()).isTrue();
  }
}
