package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Presence;
import com.hotdash.ops.logs.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logins that the shop, the database or sessions refuse, as the log tells. */
final class RefusedLogins implements PlatformSymptom {
  private static final String LOGINS = "no_refused_logins_of";
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final List<Signature> logins;

  private RefusedLogins(List<Signature> logins) {
    this.logins = logins;
  }

  static Map<String, String> goal(LogSummary log) {
    var refused =
        Stream.of(Signature.SHOP_AUTH, Signature.DATABASE_AUTH, Signature.SESSION_AUTH)
            .filter(each -> log.has(each) == Presence.PRESENT)
            .map(Signature::name)
            .collect(Collectors.joining(","));
    return refused.isEmpty() ? Map.of() : Map.of(LOGINS, refused);
  }

  static Optional<PlatformSymptom> of(Map<String, String> goal) {
    return Optional.ofNullable(goal.get(LOGINS))
        .map(names -> Arrays.stream(names.split(",", -1)).map(Signature::valueOf).toList())
        .map(RefusedLogins::new);
  }

  @Override
  public String goal() {
    return "the log tells of no refused login for " + WINDOW.toSeconds() + " s (" + names() + ")";
  }

  private String names() {
    return logins.stream()
        .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  @Override
  public Duration window() {
    return WINDOW;
  }

  /** A log of which only a part was read proves that logins are refused, never that none are. */
  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    var reading = look.logs(WINDOW, List.of());
    if (!(reading instanceof Reading.Read<LogSummary> read)) {
      return Reading.unread(reading.obstacle().orElseThrow());
    }
    var log = read.value();
    boolean present = logins.stream().anyMatch(each -> log.has(each) == Presence.PRESENT);
    if (!present && logins.stream().anyMatch(each -> log.has(each) == Presence.UNKNOWN)) {
      return PlatformSymptom.tooLittle(
          "refused logins", "the log was seen in part: " + log.coverage(), "look again");
    }
    var measurement =
        new Measurement(
            present,
            present ? "logins are refused" : "no login was refused in " + log.coverage(),
            Map.of("refused logins", present ? 1.0 : 0.0));
    return Reading.of(measurement, PlatformSymptom.over(WINDOW, read.evidence(), measurement));
  }
}
