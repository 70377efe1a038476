package com.hotdash.ops.testkit.github;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A workflow: what its file says, and what its runs do. Immutable.
 *
 * @param file the file's name, such as {@code rollback-production.yml}
 * @param name the workflow's name
 * @param inputs the inputs of {@code workflow_dispatch}, or null if the file does not hold that
 *     trigger
 * @param concurrencyGroup the group in which one run goes on and one waits, or null
 * @param environment the environment that needs an approval before the jobs start, or null
 * @param titleInput the input that {@code run-name} shows, or null for the workflow's name
 * @param jobs what a run does; called when the run or its rerun starts. Null for a broken file: its
 *     runs end at once with {@code startup_failure}
 * @param effect what a run that succeeded has changed in the world
 */
public record WorkflowFile(
    String file,
    String name,
    @Nullable List<WorkflowInput> inputs,
    @Nullable String concurrencyGroup,
    @Nullable String environment,
    @Nullable String titleInput,
    @Nullable Function<RunRequest, List<JobScript>> jobs,
    Consumer<RunRequest> effect) {
  /** Copies the inputs. */
  public WorkflowFile {
    inputs = inputs == null ? null : List.copyOf(inputs);
  }

  /**
   * Makes a workflow that pushes start and nobody can dispatch.
   *
   * @param file the file's name
   * @param name the workflow's name
   * @param jobs what a run does
   * @return the workflow
   */
  public static WorkflowFile of(
      String file, String name, Function<RunRequest, List<JobScript>> jobs) {
    return new WorkflowFile(file, name, null, null, null, null, jobs, request -> {});
  }

  /**
   * Makes a workflow whose file is broken.
   *
   * @param file the file's name
   * @return the workflow; GitHub shows its path for a name
   */
  public static WorkflowFile broken(String file) {
    var path = ".github/workflows/" + file;
    return new WorkflowFile(file, path, null, null, null, null, null, request -> {});
  }

  /**
   * Returns this workflow with {@code workflow_dispatch}.
   *
   * @param with its inputs, at most 25
   * @return a copy
   */
  public WorkflowFile dispatchable(WorkflowInput... with) {
    return new WorkflowFile(
        file, name, List.of(with), concurrencyGroup, environment, titleInput, jobs, effect);
  }

  /**
   * Returns this workflow in a concurrency group, with {@code cancel-in-progress: false}.
   *
   * @param group the group
   * @return a copy
   */
  public WorkflowFile concurrency(String group) {
    return new WorkflowFile(file, name, inputs, group, environment, titleInput, jobs, effect);
  }

  /**
   * Returns this workflow with an environment that has reviewers.
   *
   * @param protectedBy the environment, such as {@code production}
   * @return a copy
   */
  public WorkflowFile environment(String protectedBy) {
    return new WorkflowFile(
        file, name, inputs, concurrencyGroup, protectedBy, titleInput, jobs, effect);
  }

  /**
   * Returns this workflow with a {@code run-name} that shows an input.
   *
   * @param input the input's name
   * @return a copy
   */
  public WorkflowFile titled(String input) {
    return new WorkflowFile(file, name, inputs, concurrencyGroup, environment, input, jobs, effect);
  }

  /**
   * Returns this workflow with an effect on the world.
   *
   * @param change called once for each run that succeeds, when it ends
   * @return a copy
   */
  public WorkflowFile effect(Consumer<RunRequest> change) {
    return new WorkflowFile(
        file, name, inputs, concurrencyGroup, environment, titleInput, jobs, change);
  }

  /** The head of the file, as far as it tells how it is started. */
  String yaml() {
    if (jobs == null) {
      return "name: [broken\n";
    }
    var text = new StringBuilder("name: " + name + "\n\non:\n  push:\n    branches: [main]\n");
    if (inputs != null) {
      text.append("  workflow_dispatch:\n");
      if (!inputs.isEmpty()) {
        text.append("    inputs:\n");
        inputs.forEach(input -> text.append(yaml(input)));
      }
    }
    return text.append("\njobs:\n  all:\n    runs-on: ubuntu-latest\n").toString();
  }

  private static String yaml(WorkflowInput input) {
    var text = new StringBuilder("      " + input.name() + ":\n");
    text.append("        description: 'What ").append(input.name()).append(" is for'\n");
    text.append("        required: ").append(input.required()).append('\n');
    if (input.fallback() != null) {
      text.append("        default: \"").append(input.fallback()).append("\"\n");
    }
    text.append("        type: ").append(input.options().isEmpty() ? "string" : "choice");
    text.append('\n');
    if (!input.options().isEmpty()) {
      text.append("        options:\n");
      input.options().forEach(option -> text.append("          - ").append(option).append('\n'));
    }
    return text.toString();
  }

  String path() {
    return ".github/workflows/" + file;
  }
}
