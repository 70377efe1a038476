package com.hotdash.ops.app;

import com.hotdash.ops.secret.Redactor;
import java.time.Duration;
import java.util.List;

/** The command with which a person asks a machine the same. */
record Curl(String baseUrl, Duration limit, Redactor redactor) {
  String line(Instance machine, String path) {
    var line = new StringBuilder("curl -sSi --max-time ").append(limit.toSeconds() + 1);
    machine
        .headers()
        .forEach((name, value) -> line.append(" -H ").append(quoted(name + ": " + value)));
    return redactor.redact(line.append(' ').append(quoted(baseUrl + path)).toString());
  }

  /** One line a machine, of so many that a person would type them. */
  String lines(List<Instance> machines, int most, String path) {
    var all = machines.stream().limit(most).map(one -> line(one, path)).toList();
    return String.join("\n", all);
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
