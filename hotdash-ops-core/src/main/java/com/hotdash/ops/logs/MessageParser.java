package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out the shape of a message and reads it. */
final class MessageParser {
  private static final Pattern REQUEST =
      Pattern.compile(
          "^(?:\\[[^\\]]{1,60}\\] )?(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (/\\S{0,2000}) ([1-5]\\d\\d) (\\S{1,20}) - "
              + "(?:- )?(\\d{1,9}(?:\\.\\d{1,9})?) ms\\b");
  private static final Pattern COMBINED =
      Pattern.compile(
          "^\\S{1,60} \\S{1,60} \\S{1,60} \\[([^\\]]{10,40})\\] \"([A-Z]{3,10}) (\\S{1,2000}) HTTP/[\\d.]{1,3}\" ([1-5]\\d\\d) ");
  private static final Pattern LEADING =
      Pattern.compile(
          "^(?:\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,]{5,15}Z? )?(?:\\[[^\\]]{1,60}\\]\\s{0,3}){0,3}+\\[?"
              + "(?i:(trace|debug|info|warn(?:ing)?|error|fatal|critical|severe|panic)\\b|(unhandled|uncaught)\\b)");
  private static final Pattern CODE =
      Pattern.compile(
          "\\b(P[123]\\d{3}|"
              + Entry.ERRNO
              + "|(?<=SQLSTATE[ :=\\[]{1,3})[0-9A-Z]{5})\\b|\\[(P[A-Z]\\d\\d)\\]"
              + "|\\bcode:? ?['\"=]{1,2}([0-9A-Z_]{4,40})['\"]?");

  private static final List<String> LEVEL = List.of("level", "lvl", "severity", "log.level");
  private static final List<String> TIME = List.of("timestamp", "time", "ts", "@timestamp");
  private static final List<String> MESSAGE =
      List.of("message", "msg", "error.message", "err.message");
  private static final List<String> STACK =
      List.of("error.stack", "err.stack", "stack", "exception.stacktrace");
  private static final List<String> TYPE =
      List.of("err.type", "error.name", "err.name", "error.type");
  private static final List<String> DETAIL = List.of("error.message", "err.message", "error");
  private static final List<String> ERROR_CODE =
      List.of("error.code", "err.code", "code", "metadata.code", "error.errorCode");
  private static final List<String> STATUS =
      List.of(
          "status",
          "statusCode",
          "res.statusCode",
          "metadata.status",
          "metadata.statusCode",
          "http.status_code",
          "error.status");
  private static final List<String> PATH =
      List.of("route", "metadata.route", "req.url", "metadata.path", "metadata.url", "path", "url");
  private static final List<String> METHOD = List.of("method", "req.method", "metadata.method");
  private static final List<String> OPERATION = List.of("metadata.operation", "operation");
  private static final List<String> MODULE = List.of("module", "metadata.module", "component");
  private static final List<String> FINGERPRINT = List.of("fingerprint");

  private static final Set<String> LAST_PARTS =
      Stream.of(
              LEVEL,
              TIME,
              MESSAGE,
              STACK,
              TYPE,
              DETAIL,
              ERROR_CODE,
              STATUS,
              PATH,
              METHOD,
              OPERATION,
              MODULE,
              FINGERPRINT,
              PlatformPrefix.FIELDS)
          .flatMap(List::stream)
          .map(name -> name.substring(name.lastIndexOf('.') + 1))
          .collect(Collectors.toUnmodifiableSet());

  private MessageParser() {}

  /** Whether something is decided by a field whose name ends so; durations apart. */
  static boolean reads(String lastPart) {
    return LAST_PARTS.contains(lastPart);
  }

  static Entry parse(LogLine raw) {
    var line = PlatformPrefix.strip(raw);
    var text = line.message();
    if (text.startsWith("{")) {
      var fields = JsonFields.of(text);
      if (!fields.isEmpty()) {
        return fields(line, Shape.JSON, fields);
      }
    }
    var request = REQUEST.matcher(text);
    if (request.find()) {
      int status = Integer.parseInt(request.group(3));
      return new Entry(
          line,
          Shape.REQUEST,
          line.time(),
          status >= 500 ? Level.ERROR : Level.INFO,
          text,
          null,
          null,
          null,
          status,
          request.group(1) + " " + Masks.path(request.group(2)),
          Durations.field("responseTime", request.group(5) + "ms"),
          null,
          null,
          false);
    }
    var combined = COMBINED.matcher(text);
    if (combined.find()) {
      int status = Integer.parseInt(combined.group(4));
      return new Entry(
          line,
          Shape.COMBINED,
          or(LineTime.combined(combined.group(1)), line.time()),
          status >= 500 ? Level.ERROR : Level.INFO,
          text,
          null,
          null,
          null,
          status,
          combined.group(2) + " " + Masks.path(combined.group(3)),
          null,
          null,
          null,
          false);
    }
    if (text.indexOf('=') > 0) {
      var fields = Logfmt.of(text);
      if (fields.containsKey("level") || fields.containsKey("lvl") || fields.containsKey("msg")) {
        return fields(line, Shape.LOGFMT, fields);
      }
    }
    return plain(line, text);
  }

  private static @Nullable String first(Map<String, String> fields, List<String> names) {
    for (var name : names) {
      var value = fields.get(name);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  private static Entry fields(LogLine line, Shape shape, Map<String, String> fields) {
    var said = Level.of(first(fields, LEVEL));
    var time = LineTime.of(first(fields, TIME));
    var message = CleanText.of(or(first(fields, MESSAGE), ""));
    var stack = first(fields, STACK);
    var type = first(fields, TYPE);
    if (type == null || (type.equals("Error") && stack != null)) {
      var told = Entry.typeOf(stack == null ? message : stack);
      type = told == null ? type : told;
    }
    var detail = first(fields, DETAIL);
    if (detail != null && !message.contains(detail)) {
      message = message + ": " + CleanText.of(detail);
    }
    var code = first(fields, ERROR_CODE);
    if (code == null || !code.matches("\\w{3,60}")) {
      code = codeIn(stack == null ? message : message + "\n" + stack);
    }
    var status = status(first(fields, STATUS));
    var path = first(fields, PATH);
    var method = first(fields, METHOD);
    var route =
        path == null
            ? first(fields, OPERATION)
            : (method == null ? "" : method + " ") + Masks.path(path);
    var took = Durations.in(fields);
    if (took == null) {
      took = Durations.inText(message);
    }
    boolean failed =
        fields.keySet().stream()
            .anyMatch(name -> name.startsWith("error.") || name.startsWith("err."));
    return new Entry(
        line,
        shape,
        or(time, line.time()),
        said == null ? guess(line, message) : said,
        message,
        first(fields, MODULE),
        type,
        code,
        status == null ? line.httpStatus() : status,
        route,
        took,
        stack,
        first(fields, FINGERPRINT),
        failed);
  }

  private static String or(@Nullable String value, @Nullable String other) {
    return value != null ? value : other == null ? "" : other;
  }

  private static @Nullable Instant or(@Nullable Instant value, @Nullable Instant other) {
    return value != null ? value : other;
  }

  private static @Nullable Integer status(@Nullable String text) {
    return text != null && text.matches("[1-5]\\d\\d") ? Integer.valueOf(text) : null;
  }

  private static @Nullable String codeIn(String text) {
    var found = CODE.matcher(text);
    while (found.find()) {
      for (int group = 1; group <= 3; group++) {
        if (found.group(group) != null) {
          return found.group(group).toUpperCase(Locale.ROOT);
        }
      }
    }
    return null;
  }

  private static Level guess(LogLine line, String text) {
    var found = LEADING.matcher(text);
    if (found.find()) {
      var word = Level.of(found.group(1));
      return word == null ? Level.ERROR : word;
    }
    if (Entry.typeOf(text) != null || text.startsWith("Invalid `") || text.startsWith("Error:")) {
      return Level.ERROR;
    }
    var platform = Level.of(line.level());
    return platform == null ? Level.INFO : platform;
  }

  private static Entry plain(LogLine line, String text) {
    int end = text.indexOf('\n');
    var type = Entry.typeOf(text);
    boolean trace = end > 0 && StackTrace.isTrace(text);
    return new Entry(
        line,
        Shape.PLAIN,
        or(LineTime.leading(text), line.time()),
        guess(line, text),
        trace ? StackTrace.head(text) : text,
        null,
        type,
        codeIn(text),
        line.httpStatus(),
        null,
        Durations.inText(text),
        trace ? text : null,
        null,
        type != null);
  }
}
