package com.hotdash.ops.procedure;

import com.hotdash.ops.text.Cut;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Numbers and names as a person reads them, short enough for one line. */
final class Figures {
  private static final int NAMED = 3;

  private Figures() {}

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Whole minutes where it is some, else seconds with at most one digit after the point. */
  static String time(Duration time) {
    if (time.toSeconds() >= 120) {
      return time.toMinutes() + " min";
    }
    return seconds(time.toMillis() / 1e3);
  }

  static String seconds(double seconds) {
    return seconds == Math.rint(seconds)
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  static String many(long number, String one, String more) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
  }

  /** On one line, its head where it is too long. */
  static String cut(String text, int most) {
    return Cut.line(text, most);
  }

  /** The first three by name, and how many more there are. */
  static <T> String some(List<T> all, Function<T, String> name) {
    return all.stream().limit(NAMED).map(name).collect(Collectors.joining(", "))
        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
  }
}
