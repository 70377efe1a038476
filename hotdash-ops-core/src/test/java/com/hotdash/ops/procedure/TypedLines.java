package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the lines that a diagnosis tells somebody to type can be typed. */
final class TypedLines {
  private static final Pattern CALL = Pattern.compile("\\.([a-zA-Z]+)\\(([^()]*)\\)");

  private TypedLines() {}

  static void check(Diagnosis diagnosis) {
    try (var ops = RunbookProcedures.builder().platform(new SickPlatform()).build()) {
      for (var each : diagnosis.recommendations()) {
        if (each.remedy() != null) {
          assertThat(ops.resolution(each.remedy())).as(each.line()).isNotNull();
        }
        if (!each.line().isEmpty()) {
          check(each);
        }
      }
    }
  }

  private static void check(Recommendation each) {
    assertThat(each.line()).startsWith("ops.").doesNotContain("…", "<").hasSizeLessThan(100);
    Class<?> type = RunbookProcedures.class;
    var matcher = CALL.matcher(each.line()).region("ops".length(), each.line().length());
    int end = "ops".length();
    while (matcher.lookingAt()) {
      var name = matcher.group(1);
      var arguments = arguments(matcher.group(2));
      type =
          Arrays.stream(type.getMethods())
              .filter(method -> method.getName().equals(name))
              .filter(method -> List.of(method.getParameterTypes()).equals(arguments))
              .findFirst()
              .<Class<?>>map(method -> method.getReturnType())
              .orElseThrow(() -> new AssertionError("there is no " + each.line()));
      end = matcher.end();
      matcher.region(end, each.line().length());
    }
    assertThat(end).as("all of it is calls: %s", each.line()).isEqualTo(each.line().length());
  }

  private static List<Class<?>> arguments(String text) {
    return Stream.of(text.split(", ", -1))
        .filter(argument -> !argument.isEmpty())
        .<Class<?>>map(argument -> argument.startsWith("\"") ? String.class : int.class)
        .toList();
  }
}
