package com.hotdash.ops.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is to be read, by what it says of itself and how it begins.
 *
 * @param format the grammar
 * @param refusal why it is no metrics at all, or null
 * @param remark what the reader of the result must know, or null
 */
record ContentKind(MetricsFormat format, @Nullable String refusal, @Nullable String remark) {
  static ContentKind of(@Nullable String contentType, byte[] head) {
    var said = contentType == null ? "" : contentType.trim().toLowerCase(Locale.ROOT);
    var media = said.contains(";") ? said.substring(0, said.indexOf(';')).trim() : said;
    var begin = new String(head, StandardCharsets.ISO_8859_1);
    var refusal = refusal(media, begin);
    if (refusal != null) {
      return new ContentKind(MetricsFormat.PROMETHEUS_TEXT, refusal, null);
    }
    if (media.equals("application/openmetrics-text")) {
      var remark =
          said.contains("version=2")
              ? "declared as OpenMetrics 2: read as 1.0, what is new in 2 is left out"
              : null;
      return new ContentKind(MetricsFormat.OPEN_METRICS, null, remark);
    }
    if (media.equals("text/plain")) {
      return new ContentKind(MetricsFormat.PROMETHEUS_TEXT, null, null);
    }
    var guess =
        begin.contains("\n# EOF") || begin.startsWith("# EOF") || begin.contains("\n# UNIT ")
            ? MetricsFormat.OPEN_METRICS
            : MetricsFormat.PROMETHEUS_TEXT;
    return new ContentKind(
        guess,
        null,
        String.format(
            Locale.ROOT,
            "%s content type: read as %s by how it begins",
            media.isEmpty() ? "no" : "an unknown",
            guess == MetricsFormat.OPEN_METRICS ? "OpenMetrics" : "Prometheus text"));
  }

  private static @Nullable String refusal(String media, String begin) {
    var start = begin.stripLeading().toLowerCase(Locale.ROOT);
    if (media.contains("html") || start.startsWith("<")) {
      return "HTML or XML, so a login page or an error page";
    }
    if (media.endsWith("json")) {
      return "JSON, not metrics";
    }
    if (media.contains("protobuf")) {
      return "protobuf, which was not asked for";
    }
    if (begin.indexOf('\0') >= 0 || begin.startsWith("\u001f\u008b")) {
      return "binary or still compressed, not text";
    }
    return null;
  }
}
