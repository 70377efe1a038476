package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.PromqlValues.Sample;
import com.hotdash.ops.testkit.fly.PromqlValues.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signs between numbers and series: series meet where all their labels but the name agree. */
final class PromqlArithmetic {
  private PromqlArithmetic() {}

  static Value of(String operator, Value left, Value right) {
    if (operator.equals("or")) {
      return either(left, right);
    }
    if (left.scalar() && right.scalar()) {
      double a = left.samples().get(0).value();
      double b = right.samples().get(0).value();
      return Value.of(
          comparison(operator) ? (holds(operator, a, b) ? 1 : 0) : reckon(operator, a, b));
    }
    var samples = new ArrayList<Sample>();
    if (right.scalar()) {
      for (var sample : left.samples()) {
        add(samples, operator, sample, sample.value(), right.samples().get(0).value());
      }
    } else if (left.scalar()) {
      for (var sample : right.samples()) {
        add(samples, operator, sample, left.samples().get(0).value(), sample.value());
      }
    } else {
      var others = new HashMap<Map<String, String>, Sample>();
      right.samples().forEach(sample -> others.put(nameless(sample), sample));
      for (var sample : left.samples()) {
        var other = others.get(nameless(sample));
        if (other != null) {
          add(samples, operator, sample, sample.value(), other.value());
        }
      }
    }
    return new Value(false, samples);
  }

  /** All of the left, and of the right what the left has not. */
  private static Value either(Value left, Value right) {
    if (left.scalar() || right.scalar()) {
      throw new Promql.BadQueryException(
          "set operator \"or\" not allowed in binary scalar expression");
    }
    var samples = new ArrayList<>(left.samples());
    var there = left.samples().stream().map(PromqlArithmetic::nameless).collect(Collectors.toSet());
    right.samples().stream().filter(each -> !there.contains(nameless(each))).forEach(samples::add);
    return new Value(false, samples);
  }

  private static void add(List<Sample> samples, String operator, Sample from, double a, double b) {
    if (!comparison(operator)) {
      samples.add(new Sample(nameless(from), reckon(operator, a, b)));
    } else if (holds(operator, a, b)) {
      samples.add(from);
    }
  }

  private static boolean comparison(String operator) {
    return "=!<>".indexOf(operator.charAt(0)) >= 0;
  }

  private static boolean holds(String operator, double a, double b) {
    return switch (operator) {
      case "==" -> a == b;
      case "!=" -> a != b;
      case ">" -> a > b;
      case "<" -> a < b;
      case ">=" -> a >= b;
      default -> a <= b;
    };
  }

  private static double reckon(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      default -> a / b;
    };
  }

  private static Map<String, String> nameless(Sample sample) {
    var labels = new TreeMap<>(sample.labels());
    labels.remove("__name__");
    return labels;
  }
}
