package com.hotdash.ops.fly;

import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.secret.Redactor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in the runbook's words how a machine's config sets it up. */
final class SettingsRecords {
  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|ns|h|m|s)");

  private SettingsRecords() {}

  static MachineSettings of(Machine machine, MachineConfig config, Redactor redactor) {
    var fields = new Fields(config.map());
    var checks = new ArrayList<MachineSettings.Check>();
    var services = new ArrayList<MachineSettings.Service>();
    for (var service : fields.objects("services")) {
      service.objects("checks").forEach(each -> checks.add(check(each)));
      var stop = service.text("autostop", "off");
      services.add(
          new MachineSettings.Service(
              !stop.equals("off") && !stop.equals("false"),
              service.integer("min_machines_running", 0)));
    }
    var own = fields.object("checks");
    own.map().keySet().forEach(name -> checks.add(check(own.object(name))));
    var variables = fields.texts("env");
    var told = new TreeMap<String, String>();
    variables.forEach(
        (name, value) -> {
          if (MachineSettings.TOLD.contains(name)) {
            told.put(name, Texts.line(redactor.redact(value)));
          }
        });
    return new MachineSettings(
        machine.id(),
        machine.processGroup(),
        PortRecords.guest(config.guest().orElse(null)),
        checks,
        services,
        variables.keySet(),
        told);
  }

  private static MachineSettings.Check check(Fields check) {
    return new MachineSettings.Check(
        check.text("type", ""),
        check.text("path", ""),
        duration(check.text("interval")),
        duration(check.text("timeout")),
        duration(check.text("grace_period")));
  }

  /** As Go writes it, such as {@code 1m30s}, or nanoseconds; null for anything else. */
  static @Nullable Duration duration(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (text.matches("\\d{1,18}")) {
      return Duration.ofNanos(Long.parseLong(text));
    }
    var parts = PART.matcher(text);
    var nanos = BigDecimal.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(nanosOf(parts.group(2))));
      end = parts.end();
    }
    var most = BigDecimal.valueOf(Long.MAX_VALUE);
    return end != text.length() || nanos.compareTo(most) > 0
        ? null
        : Duration.ofNanos(nanos.longValue());
  }

  private static BigDecimal nanosOf(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "h" -> 3_600_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "s" -> 1_000_000_000L;
          case "ms" -> 1_000_000L;
          case "us" -> 1_000L;
          default -> 1L;
        });
  }

  static List<String> without(List<Machine> machines) {
    return machines.stream().filter(each -> each.config() == null).map(Machine::id).toList();
  }
}
