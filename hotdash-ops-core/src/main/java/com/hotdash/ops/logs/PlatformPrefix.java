package com.hotdash.ops.logs;

import java.util.List;
import java.util.regex.Pattern;

/** Takes off what a platform's command line or stream puts around a message. */
final class PlatformPrefix {
  // Newer versions put no space after the bracket: facts, metrics-and-logs.md section 11.
  private static final Pattern TEXT =
      Pattern.compile(
          "^(\\d{4}-\\d\\d-\\d\\dT[0-9:.]{8,20}Z)\\s{1,3}(app|proxy|runner|health|machine)"
              + "\\[([\\w-]{1,40})\\]\\s{0,3}([a-z]{3})\\s{1,3}\\[(\\w{1,10})\\] ?");

  private static final String MESSAGE = "message";
  private static final String TIMESTAMP = "timestamp";
  private static final String INSTANCE = "fly.app.instance";
  private static final String REGION = "fly.region";
  private static final String PROVIDER = "event.provider";
  private static final String LEVEL = "log.level";

  /** What is read of a stream's envelope. */
  static final List<String> FIELDS = List.of(MESSAGE, TIMESTAMP, INSTANCE, REGION, PROVIDER, LEVEL);

  private PlatformPrefix() {}

  static LogLine strip(LogLine line) {
    var text = CleanText.of(line.message());
    if (text.startsWith("{") && text.contains("\"fly\"")) {
      var fields = JsonFields.of(text);
      var message = fields.get(MESSAGE);
      if (message != null && fields.containsKey(INSTANCE)) {
        return new LogLine(
            LineTime.of(fields.get(TIMESTAMP)),
            fields.get(INSTANCE),
            fields.get(REGION),
            fields.get(PROVIDER),
            fields.get(LEVEL),
            CleanText.of(message),
            line.httpStatus());
      }
    }
    if (!text.isEmpty() && text.charAt(0) <= '9' && text.charAt(0) >= '0') {
      var found = TEXT.matcher(text);
      if (found.find()) {
        return new LogLine(
            LineTime.of(found.group(1)),
            found.group(3),
            found.group(4),
            found.group(2),
            found.group(5),
            text.substring(found.end()),
            line.httpStatus());
      }
    }
    return new LogLine(
        LineTime.sane(line.time()),
        line.instance(),
        line.region(),
        line.provider(),
        line.level(),
        text,
        line.httpStatus());
  }
}
