package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.diagnosis.Judgement;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the lines that a diagnosis tells somebody to type can be typed. */
final class TypedLines {
  private static final Pattern CALL =
      Pattern.compile(
          "\\.([a-zA-Z]+)\\(((?:[^()\"]|\"(?:[^\"\\\\]|\\\\.)*\"|\\((?:[^()])*\\))*)\\)");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  private TypedLines() {}

  static void check(Judgement diagnosis) {
    try (var ops =
        RunbookProcedures.builder()
            .platform(new SickPlatform())
            .database(new SickDatabase())
            .build()) {
      for (var each : diagnosis.recommendations()) {
        if (each.remedy() != null) {
          assertThat(id(ops, each.remedy())).as(each.line()).isEqualTo(each.id());
        }
        if (each.line().startsWith("ops.")) {
          check(each);
        } else if (!each.line().isEmpty()) {
          assertThat(each.line()).matches("(?:select|alter role) [^\n…]*;");
        }
      }
    }
  }

  /** Of what is not configured here the method is found all the same. */
  private static String id(RunbookProcedures ops, Remedy remedy) {
    try {
      return ops.resolution(remedy).id();
    } catch (ConfigurationException e) {
      return e.operation().name();
    }
  }

  private static void check(Recommendation each) {
    assertThat(each.line()).startsWith("ops.").doesNotContain("…", "<").hasSizeLessThan(150);
    Class<?> type = RunbookProcedures.class;
    var matcher = CALL.matcher(each.line()).region("ops".length(), each.line().length());
    int end = "ops".length();
    while (matcher.lookingAt()) {
      var name = matcher.group(1);
      var arguments = arguments(matcher.group(2));
      type =
          Arrays.stream(type.getMethods())
              .filter(method -> method.getName().equals(name))
              .filter(method -> takes(method, arguments))
              .findFirst()
              .<Class<?>>map(method -> method.getReturnType())
              .orElseThrow(() -> new AssertionError("there is no " + each.line()));
      end = matcher.end();
      matcher.region(end, each.line().length());
    }
    assertThat(end).as("all of it is calls: %s", each.line()).isEqualTo(each.line().length());
  }

  private static boolean takes(Method method, List<Class<?>> arguments) {
    var takes = List.of(method.getParameterTypes());
    return takes.equals(arguments)
        || (method.isVarArgs()
            && takes.get(takes.size() - 1).equals(String[].class)
            && arguments.size() >= takes.size()
            && arguments.stream().allMatch(String.class::equals));
  }

  private static List<Class<?>> arguments(String text) {
    if (text.startsWith("WorkflowStart.of(")) {
      return List.of(WorkflowStart.class);
    }
    return Stream.of(TEXT.matcher(text).replaceAll("\"\"").split(", ", -1))
        .filter(argument -> !argument.isEmpty())
        .<Class<?>>map(TypedLines::type)
        .toList();
  }

  private static Class<?> type(String argument) {
    if (argument.startsWith("\"")) {
      return String.class;
    }
    if (argument.startsWith("Duration.")) {
      return Duration.class;
    }
    return argument.endsWith("L") ? long.class : int.class;
  }
}
