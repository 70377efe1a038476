package com.hotdash.ops.health;

import com.hotdash.ops.http.Excerpt;
import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.secret.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of health endpoints, in every shape that the application and common frameworks
 * give. It never throws because of what is in them, and looks at 1 MiB of a body at most.
 * Thread-safe.
 */
public final class HealthReader {
  /** The longest body that is read: 1 MiB. */
  public static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final String PLATFORM_BLIND =
      "the body says fail under a good status code: the platform's own check cannot see it";

  private final Redactor redactor;

  /**
   * Makes a reader.
   *
   * @param redactor takes credentials out of what the bodies say
   */
  public HealthReader(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * Reads an answer as it arrives, and no more of it than {@value #MAX_BODY_BYTES} bytes.
   *
   * @param head status and headers
   * @param body the body, decompressed
   * @return what it says
   * @throws IOException if the stream itself fails
   */
  public HealthReport read(HttpHead head, InputStream body) throws IOException {
    return read(head, body.readNBytes(MAX_BODY_BYTES + 1));
  }

  /**
   * Reads an answer.
   *
   * @param head status and headers
   * @param body the body, decompressed
   * @return what it says
   */
  public HealthReport read(HttpHead head, byte[] body) {
    var said = new HealthBody(redactor);
    var notes = new ArrayList<String>();
    boolean redirect = head.status() >= 300 && head.status() < 400;
    if (redirect) {
      said.shape = HealthShape.PLAIN;
      notes.add("redirects to " + target(head) + ", not followed: it may be a login page");
    } else if (body.length > MAX_BODY_BYTES) {
      said.status = HealthStatus.UNKNOWN;
      notes.add("the body is longer than " + MAX_BODY_BYTES + " bytes: not read");
    } else {
      body(head, text(body), said, notes);
    }
    var byCode = byCode(head.status());
    var byBody = weighed(said, notes);
    return new HealthReport(
        head.status(),
        overall(head.status(), byCode, byBody, said.checks, notes),
        byCode,
        byBody,
        said.shape,
        said.said,
        said.message,
        said.checks,
        said.figures,
        said.version,
        said.release,
        said.at,
        notes);
  }

  // Bytes that are no characters are replaced; a byte order mark is no part of the text.
  private static String text(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static void body(HttpHead head, String text, HealthBody said, List<String> notes) {
    var type = head.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    var start = text.stripLeading();
    if (type.startsWith("text/html") || start.startsWith("<")) {
      said.shape = HealthShape.HTML;
      said.status = HealthStatus.UNKNOWN;
      notes.add("a web page where a health answer was expected: a login, a proxy, an error page?");
      return;
    }
    boolean object = start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
    if (!object && (!type.contains("json") || start.isEmpty())) {
      plain(start, said);
      return;
    }
    var root = HealthJson.parse(text);
    if (root == null) {
      said.status = HealthStatus.UNKNOWN;
      notes.add("the body is broken JSON, nested too deep, or names a key twice");
      return;
    }
    said.read(root);
    if (said.status == null) {
      said.status = HealthStatus.UNKNOWN;
      notes.add("the body is JSON that does not say how the application is");
    } else if (said.status == HealthStatus.UNKNOWN) {
      notes.add("the body's word \"" + said.said + "\" is not known");
    }
  }

  private static void plain(String start, HealthBody said) {
    said.shape = HealthShape.PLAIN;
    var word = start.strip();
    if (word.length() <= 32 && HealthStatus.parse(word) != HealthStatus.UNKNOWN) {
      said.said = word;
      said.status = HealthStatus.parse(word);
    }
  }

  private static @Nullable HealthStatus weighed(HealthBody said, List<String> notes) {
    if (said.cut) {
      notes.add("more than " + HealthBody.MOST_CHECKS + " checks: the rest was not read");
    }
    if (said.status != HealthStatus.PASS) {
      return said.status;
    }
    var contradicting = names(said, check -> check.status() == HealthStatus.FAIL);
    return contradicting.isEmpty()
        ? doubted(said, notes)
        : contradicted(said, "fails", contradicting, notes);
  }

  private static HealthStatus contradicted(
      HealthBody said, String how, List<String> checks, List<String> notes) {
    notes.add("says " + said.said + ", yet " + how + ": " + String.join(", ", checks));
    return HealthStatus.WARN;
  }

  /** A body that says well is doubted where its checks say less, or were not all read. */
  private static HealthStatus doubted(HealthBody said, List<String> notes) {
    var warning = names(said, check -> check.status() == HealthStatus.WARN);
    if (!warning.isEmpty()) {
      return contradicted(said, "warns", warning, notes);
    }
    // An actuator's own rule is that a component which does not know leaves the whole up.
    var strange =
        said.shape == HealthShape.ACTUATOR
            ? List.<String>of()
            : names(said, check -> check.status() == HealthStatus.UNKNOWN && check.said() != null);
    if (!strange.isEmpty()) {
      notes.add("the words of its checks are not known: " + String.join(", ", strange));
    }
    return strange.isEmpty() && !said.cut ? HealthStatus.PASS : HealthStatus.UNKNOWN;
  }

  private static List<String> names(HealthBody said, Predicate<HealthCheck> which) {
    return said.checks.stream().filter(which).map(HealthCheck::name).limit(5).toList();
  }

  private static HealthStatus byCode(int code) {
    if (code >= 200 && code < 300) {
      return HealthStatus.PASS;
    }
    return code >= 500 ? HealthStatus.FAIL : HealthStatus.UNKNOWN;
  }

  private static HealthStatus overall(
      int code,
      HealthStatus byCode,
      @Nullable HealthStatus byBody,
      List<HealthCheck> checks,
      List<String> notes) {
    switch (byCode) {
      case PASS -> {
        if (byBody == HealthStatus.FAIL) {
          notes.add(PLATFORM_BLIND);
        }
        return byBody == null ? HealthStatus.PASS : byBody;
      }
      case FAIL -> {
        if (byBody == HealthStatus.WARN) {
          notes.add(
              "the endpoint's own policy answers "
                  + code
                  + " when degraded: that takes the machine out of rotation"
                  + because(checks).map(names -> " because of " + names).orElse(""));
        } else if (byBody == HealthStatus.PASS) {
          notes.add("the body says well, the code " + code + " does not: something in between?");
        }
        return HealthStatus.FAIL;
      }
      default -> {
        return elsewhere(code, byBody, notes);
      }
    }
  }

  private static HealthStatus elsewhere(
      int code, @Nullable HealthStatus byBody, List<String> notes) {
    if (code == 401 || code == 403 || code == 404) {
      notes.add("the probe is set up wrongly: " + code + " tells nothing about the application");
      return HealthStatus.UNKNOWN;
    }
    return byBody == HealthStatus.FAIL && code >= 400 ? HealthStatus.FAIL : HealthStatus.UNKNOWN;
  }

  private static Optional<String> because(List<HealthCheck> checks) {
    var names =
        checks.stream()
            .filter(check -> check.status() != HealthStatus.PASS)
            .map(HealthCheck::name)
            .limit(5)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private String target(HttpHead head) {
    return head.header("Location").map(to -> Excerpt.of(to, redactor)).orElse("nowhere");
  }
}
