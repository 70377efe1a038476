package com.hotdash.ops.pipeline;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wish to start a workflow by hand.
 *
 * @param file the workflow's file name, such as {@code rollback-production.yml}
 * @param ref the branch or tag whose version of the workflow runs, such as {@code main}
 * @param inputs the workflow's inputs by name, 25 at most, which is the service's limit; a boolean
 *     is {@code "true"} or {@code "false"}
 */
public record WorkflowStart(String file, String ref, SortedMap<String, String> inputs) {
  /** The input in which HotDash's workflows take the reason. */
  public static final String REASON = "reason";

  /** The input in which HotDash's workflows that go back take the release to go back to. */
  public static final String TARGET_VERSION = "target_version";

  private static final int MOST_INPUTS = 25;
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.ya?ml");
  private static final Pattern WORD = Pattern.compile("\\[(ops-[0-9a-f]{8})\\]$");

  /** Checks the bounds, and copies the inputs. */
  public WorkflowStart {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    if (!FILE.matcher(file).matches()) {
      throw new IllegalArgumentException(
          "a workflow is named by its file, such as rollback-production.yml, not " + file);
    }
    if (ref.isBlank() || ref.startsWith("-") || ref.contains("..")) {
      throw new IllegalArgumentException("a ref is a branch or tag, such as main, not " + ref);
    }
    if (inputs.size() > MOST_INPUTS) {
      throw new IllegalArgumentException(
          inputs.size() + " inputs, where a workflow takes " + MOST_INPUTS + " at most");
    }
  }

  /**
   * Makes a wish without inputs.
   *
   * @param file the workflow's file name
   * @param ref the branch or tag
   * @return the wish
   */
  public static WorkflowStart of(String file, String ref) {
    return new WorkflowStart(file, ref, Collections.emptySortedMap());
  }

  /**
   * Adds an input.
   *
   * @param name its name
   * @param value its value
   * @return a changed copy
   */
  public WorkflowStart with(String name, String value) {
    var more = new TreeMap<>(inputs);
    more.put(name, value);
    return new WorkflowStart(file, ref, more);
  }

  /**
   * Returns whether the workflow goes back to an earlier release, by its file's name: HotDash's own
   * is {@code rollback-production.yml} (facts on HotDash).
   *
   * @return true if so
   */
  public boolean goesBack() {
    return file.toLowerCase(Locale.ROOT).contains("rollback");
  }

  /**
   * Marks the reason, if there is one, with a word by which the run can be told from others where
   * the workflow shows its reason in the run's title.
   */
  WorkflowStart marked(long after) {
    var reason = inputs.get(REASON);
    if (reason == null || WORD.matcher(reason).find()) {
      return this;
    }
    var word = "ops-%08x".formatted((file + "\n" + ref + "\n" + after + "\n" + inputs).hashCode());
    return with(REASON, reason + " [" + word + "]");
  }

  /**
   * Returns the word by which the run can be told from others.
   *
   * @return the word in the reason, or {@code null} if there is none
   */
  public @Nullable String word() {
    var found = WORD.matcher(inputs.getOrDefault(REASON, ""));
    return found.find() ? found.group(1) : null;
  }

  @Override
  public String toString() {
    return file + " at " + ref + (inputs.isEmpty() ? "" : " with " + inputs);
  }
}
