package com.hotdash.ops.monitor;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Tick.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a monitor knows, in Prometheus' text format. */
final class MonitorMetrics {
  private final StringBuilder text = new StringBuilder();
  private final @Nullable Tick last;

  private MonitorMetrics(@Nullable Tick last) {
    this.last = last;
  }

  static String of(@Nullable Tick last, Instant now) {
    return new MonitorMetrics(last).text(now);
  }

  private String text(Instant now) {
    // A monitor that never looked is as old as can be, so that the same rule finds it.
    gauge(
        "monitor_tick_age_seconds",
        "Seconds since the last tick that ran ended; a monitor that died only grows older.",
        last == null ? "+Inf" : seconds(Duration.between(last.at().plus(last.took()), now)));
    gauge(
        "monitor_leads",
        "0 if another process is known to watch.",
        bit(last == null || last.outcome() != Outcome.FOLLOWS));
    gauge(
        "monitor_troubled",
        "Whether the last tick could not look or could not tell.",
        bit(last == null || last.troubled()));
    if (last != null) {
      gauge("monitor_tick_seconds", "How long the last tick took.", seconds(last.took()));
      each(
          "incident_open",
          "Whether an incident is there, by the last ticks together.",
          state -> bit(state.open()));
      for (var verdict : Verdict.values()) {
        each(
            "incident_" + verdict.name().toLowerCase(Locale.ROOT),
            "Whether the last tick's verdict was " + verdict + ".",
            state -> bit(state.verdict() == verdict));
      }
    }
    return text.toString();
  }

  private void gauge(String name, String help, String value) {
    head(name, help).append("hotdash_ops_").append(name).append(' ').append(value).append('\n');
  }

  private void each(String name, String help, Function<Tick.State, String> value) {
    head(name, help);
    if (last != null) {
      for (var state : last.incidents()) {
        text.append("hotdash_ops_").append(name).append("{incident=\"");
        text.append(state.incident().id()).append("\",name=\"").append(state.incident().slug());
        text.append("\"} ").append(value.apply(state)).append('\n');
      }
    }
  }

  private StringBuilder head(String name, String help) {
    text.append("# HELP hotdash_ops_").append(name).append(' ').append(help).append('\n');
    return text.append("# TYPE hotdash_ops_").append(name).append(" gauge\n");
  }

  private static String bit(boolean set) {
    return set ? "1" : "0";
  }

  private static String seconds(Duration duration) {
    return Double.toString(duration.toMillis() / 1000.0);
  }
}
