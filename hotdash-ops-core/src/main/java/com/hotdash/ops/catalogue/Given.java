package com.hotdash.ops.catalogue;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arguments by name, and whose they are.
 *
 * @param whose such as {@code R4.R2a}
 * @param values the arguments; blank ones count as left out
 */
record Given(String whose, Map<String, String> values) {
  /** Refuses what nobody takes: a slip in a name must not be taken for nothing given. */
  Given checked(List<Argument> known) {
    var names = known.stream().map(Argument::name).toList();
    for (var name : values.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            whose
                + " takes no "
                + name
                + (names.isEmpty() ? "; it takes nothing" : "; it takes " + names));
      }
    }
    return this;
  }

  List<Argument> missing(List<Argument> known) {
    return known.stream()
        .filter(each -> each.required() && argument(each.name()).isEmpty())
        .toList();
  }

  Optional<String> argument(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  String text(String name) {
    return argument(name).orElseThrow(() -> new IllegalArgumentException(whose + " needs " + name));
  }

  long number(String name) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", e);
    }
  }

  int count(String name) {
    try {
      return Math.toIntExact(number(name));
    } catch (ArithmeticException e) {
      throw wrong(name, "a number below 2,147,483,648", e);
    }
  }

  Duration duration(String name) {
    try {
      return Duration.parse(text(name));
    } catch (DateTimeParseException e) {
      throw wrong(name, "a duration such as PT5M", e);
    }
  }

  private IllegalArgumentException wrong(String name, String what, Exception cause) {
    return new IllegalArgumentException(
        name + " of " + whose + " is " + what + ", not " + text(name), cause);
  }
}
