package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the masks of section 13 of the facts give, in their order. */
class MasksTest {
  private static final Masks MASKS = new Masks(Set.of("email"));

  private static final Pattern KEPT =
      Pattern.compile(
          "\\b(P[123]\\d{3}|P[A-Z]\\d\\d|E[A-Z_]{4,}|[A-Z]\\w*(Error|Exception)|status[ :=]\\d{3}"
              + "|SQLSTATE[ ]\\w{5})\\b");

  /** A second implementation: one simple mask after another, what it took out of reach. */
  private static final class Reference {
    private final List<String> taken = new ArrayList<>();
    private String text;

    Reference(String text) {
      this.text = text;
    }

    void mask(String pattern, UnaryOperator<String> name) {
      text =
          Pattern.compile(pattern)
              .matcher(text)
              .replaceAll(
                  found -> {
                    var told = name.apply(found.group());
                    if (told.equals(found.group()) && keeps(told) && told.indexOf('\u0001') > 0) {
                      // Only its codes are told: the rest is for the masks that follow.
                      return told;
                    }
                    taken.add(told);
                    return "\u0001" + (char) (0x4e00 + taken.size() - 1);
                  });
    }

    /** Whether a part holds something that is kept: what was taken and did not become a name. */
    boolean keeps(String part) {
      return part.chars()
          .filter(c -> c >= 0x4e00 && c <= 0x9fff)
          .mapToObj(c -> taken.get(c - 0x4e00))
          .anyMatch(piece -> KEPT.matcher(piece).matches());
    }

    String result() {
      var result = text;
      while (result.indexOf('\u0001') >= 0) {
        int at = result.indexOf('\u0001');
        result =
            result.substring(0, at)
                + taken.get(result.charAt(at + 1) - 0x4e00)
                + result.substring(at + 2);
      }
      return result;
    }
  }

  private static String path(String path) {
    return path.replaceAll("\\?.*", "")
        .replaceAll("(?<=/)\\d+(?=/|$)|(?<=/)(?=[\\w-]*\\d)[\\w-]{8,}(?=/|$)", "<ID>");
  }

  private static String reference(String message) {
    var text = new Reference(message);
    text.mask("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", s -> "<TIME>");
    text.mask("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", s -> "<UUID>");
    text.mask(
        "https?://[^\\s'\")>]+",
        s -> {
          int slash = s.indexOf('/', 8);
          return slash < 0 ? s : s.substring(0, slash) + path(s.substring(slash));
        });
    text.mask("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+", s -> "<EMAIL>");
    text.mask("\\b\\d+\\.\\d+\\.\\d+\\.\\d+(:\\d+)?", s -> "<IP>");
    text.mask("gid://\\w+/\\w+/\\d+", s -> s.replaceAll("\\d+$", "<ID>"));
    text.mask(KEPT.pattern(), s -> s);
    text.mask("\\b0x[0-9a-f]+\\b|\\b(?=[a-f]*\\d)[0-9a-f]{8,}\\b", s -> "<ID>");
    text.mask("\\b(\\d+([.,]\\d+)? ?(ns|us|ms|s|m|h))+(?!\\w)", s -> "<DURATION>");
    text.mask("\\b\\d+(\\.\\d+)? ?([kKMGT]i?B|bytes|B)\\b", s -> "<SIZE>");
    text.mask(
        "(?<!\\w)('[^']*'|\"[^\"]*\")(?!\\w)",
        s -> {
          var inner = s.substring(1, s.length() - 1);
          return text.keeps(inner) || inner.equals("email") ? s : "<STR>";
        });
    text.mask("(?<![\\w.\u4e00-\u9fff])/[\\w.%~+@:/\u0001\u4e00-\u9fff-]+", MasksTest::path);
    text.mask("(?<=[_=#-])(?=[A-Za-z]*\\d)[0-9A-Za-z]+", s -> "<ID>");
    text.mask("\\b(?=[A-Za-z]*\\d[A-Za-z]*\\d)[0-9A-Za-z]{6,}\\b", s -> "<ID>");
    text.mask("\\d+([.,]\\d+)*", s -> "<ID>");
    return text.result();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "at 2026-11-23T10:00:00.123Z | at <TIME>",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301 | <UUID>",
        "GET https://shop.example.com:8443/orders/9?x=1 | GET https://shop.example.com:8443/orders/<ID>",
        "to bob@example.com | to <EMAIL>",
        "sqlstate 53300, SQLSTATE[57014] | sqlstate 53300, SQLSTATE[57014]",
        "syscall failed, errno -110 of 77 | syscall failed, errno -110 of <ID>",
        "HTTP/1.1 503 after HTTP/2 429 | HTTP/1.1 503 after HTTP/2 429",
        "response 429 for order 1235 | response 429 for order <ID>",
        "responded with 503 in 77 | responded with 503 in <ID>",
        "response 431 ms, response 512 bytes | response <DURATION>, response <SIZE>",
        "at 10.0.0.1:5432, [::1]:80 | at <IP>, <IP>",
        "gid://shopify/Order/123 | gid://shopify/Order/<ID>",
        "of deadbee1 and 0xbeef, not deadbeef | of <ID> and <ID>, not deadbeef",
        "took 12ms, 1.5 s, 1m2.5s | took <DURATION>, <DURATION>, <DURATION>",
        "read 12 MB of 3KiB | read <SIZE> of <SIZE>",
        "column 'email' of 'orders' | column 'email' of <STR>",
        "open /app/orders/12/edit | open /app/orders/<ID>/edit",
        "order_8123 job-77f2 user=42 #1001 | order_<ID> job-<ID> user=<ID> #<ID>",
        "7 of 8,5 | <ID> of <ID>",
        "P2024 ECONNREFUSED [PR04] SQLSTATE 53300 | P2024 ECONNREFUSED [PR04] SQLSTATE 53300",
        "status 500, status=429 of 12 | status 500, status=429 of <ID>",
        "TypeError: x of 12 | TypeError: x of <ID>",
        // Where one mask reaches into another, the earlier one of the order goes first.
        "/app/2026-11-23T10:00:00Z/12 | /app/<TIME>/<ID>",
        "'order 3f2504e0-4f89-11d3-9a0c-0305e82c3301' | <STR>",
        "https://h.example.com/2026-11-23T10:00:00Z?a=b | https://h.example.com/<TIME>",
        "/files/bob@example.com/7 | /files/<EMAIL>/<ID>",
        "'failed with P2024 on 12' | 'failed with P2024 on <ID>'",
        "\"TypeError\" | \"TypeError\"",
        "order_3f2504e0-4f89-11d3-9a0c-0305e82c3301 | order_<UUID>",
      })
  void template_examplesOfTheFacts_areMaskedInTheirOrder(String message, String expected) {
    assertThat(MASKS.template(message)).isEqualTo(expected);
  }

  @Test
  void template_randomConcatenations_areWhatOrderedMasksGive() {
    var pieces =
        List.of(
            "2026-11-23T10:00:00.123Z",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "https://shop.example.com/orders/9?x=1",
            "bob.x@example.com",
            "10.0.0.1:5432",
            "gid://shopify/Order/123",
            "deadbee1",
            "0xbeef",
            "12ms",
            "1.5 s",
            "12 MB",
            "'orders'",
            "'email'",
            "\"P2024\"",
            "/app/orders/12/edit",
            "order_8123",
            "job-77f2",
            "user=42",
            "#1001",
            "123456789",
            "7",
            "P1001",
            "ECONNRESET",
            "PR04",
            "status=500",
            "SQLSTATE 53300",
            "PrismaClientKnownRequestError",
            "failed");
    var between = List.of(" ", " ", ", ", "; ", " (", ") ", ": ", " '", "' ", "/", " - ");
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder("Sync");
      for (int i = random.nextInt(8); i >= 0; i--) {
        text.append(between.get(random.nextInt(between.size())))
            .append(pieces.get(random.nextInt(pieces.size())));
      }

      assertThat(MASKS.template(text.toString()))
          .as("seed %s: %s", seed, text)
          .isEqualTo(reference(text.toString()));
    }
  }

  @Test
  void template_textWithCharactersThatStandForMasks_isSafe() {
    assertThat(MASKS.template("a\ue000b\uf8ffc 12")).isEqualTo("a?b?c <ID>");
    assertThat(MASKS.template("1 ".repeat(900))).isEqualTo("<ID> ".repeat(500));
  }
}
