package com.hotdash.ops.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The inputs with which a workflow is started by hand, as its file says.
 *
 * @param inputs the inputs, in the file's order
 */
record WorkflowInputs(List<Input> inputs) {
  private static final String TRIGGER = "workflow_dispatch";
  private static final int MOST_NAMED = 10;

  WorkflowInputs {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads a workflow file.
   *
   * @return the inputs, or empty if it cannot be started by hand
   * @throws Outline.NotPlain if the file is of a form that this does not read
   */
  static Optional<WorkflowInputs> parse(String yaml) {
    var on =
        Outline.of(yaml)
            .find("on")
            .orElseThrow(() -> new Outline.NotPlain("no \"on\" in the file"));
    if (on.list() || !on.value().isEmpty()) {
      if (on.value().startsWith("{")) {
        throw new Outline.NotPlain("triggers that are written in one line");
      }
      var events = on.list() ? on.items() : List.of(on.value());
      return events.contains(TRIGGER) ? Optional.of(none()) : Optional.empty();
    }
    return on.below()
        .find(TRIGGER)
        .map(trigger -> trigger.value().matches("|null|~|\\{\\s*}") ? of(trigger.below()) : odd());
  }

  private static WorkflowInputs none() {
    return new WorkflowInputs(List.of());
  }

  private static WorkflowInputs odd() {
    throw new Outline.NotPlain("a trigger that is written in one line");
  }

  private static WorkflowInputs of(Outline trigger) {
    var inputs = trigger.find("inputs").orElse(null);
    if (inputs == null) {
      return none();
    }
    if (!inputs.value().isEmpty()) {
      throw new Outline.NotPlain("inputs that are written in one line");
    }
    return new WorkflowInputs(inputs.below().entries().stream().map(Input::of).toList());
  }

  /** Tells what GitHub would refuse about these values, or {@code null} if nothing is known. */
  @Nullable String trouble(Map<String, String> given) {
    var troubles = new ArrayList<String>();
    for (var input : inputs) {
      var trouble = input.trouble(given.get(input.name()));
      if (trouble != null) {
        troubles.add(trouble);
      }
    }
    for (var name : given.keySet()) {
      if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
        troubles.add("it takes no input " + name + takes());
      }
    }
    return troubles.isEmpty()
        ? null
        : troubles.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
  }

  private String takes() {
    return inputs.isEmpty()
        ? ", and none at all"
        : inputs.stream().map(Input::name).collect(Collectors.joining(", ", ", but ", ""));
  }

  /** The inputs that are not given, with what the file says for them. */
  List<String> leftOut(Map<String, String> given) {
    return inputs.stream()
        .filter(input -> !given.containsKey(input.name()))
        .map(input -> input.name() + " (" + input.otherwise() + ")")
        .limit(MOST_NAMED)
        .toList();
  }

  /**
   * One input.
   *
   * @param fallback what it is if it is not given, empty for nothing
   * @param options what it may be if it is a choice
   */
  record Input(String name, boolean required, String type, String fallback, List<String> options) {
    Input {
      options = List.copyOf(options);
    }

    static Input of(Outline.Entry entry) {
      if (!entry.value().isEmpty()) {
        throw new Outline.NotPlain("an input that is written in one line");
      }
      var about = entry.below();
      return new Input(
          entry.key(),
          value(about, "required").equalsIgnoreCase("true"),
          value(about, "type"),
          value(about, "default"),
          about.find("options").map(Outline.Entry::items).orElse(List.of()));
    }

    private static String value(Outline about, String key) {
      return about.find(key).map(Outline.Entry::value).orElse("");
    }

    String otherwise() {
      return fallback.isEmpty() ? required ? "required" : "empty" : fallback;
    }

    @Nullable String trouble(@Nullable String value) {
      if (value == null || (value.isEmpty() && required)) {
        return required && fallback.isEmpty() ? "it requires the input " + name : null;
      }
      if (type.equals("choice") && !options.isEmpty() && !options.contains(value)) {
        return name + " is one of " + String.join(", ", options) + ", not " + value;
      }
      if (type.equals("boolean") && !value.equals("true") && !value.equals("false")) {
        return name + " is true or false, not " + value;
      }
      return null;
    }
  }
}
