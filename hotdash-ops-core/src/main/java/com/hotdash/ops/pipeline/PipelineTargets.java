package com.hotdash.ops.pipeline;

import com.hotdash.ops.resolution.Target;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changes of a pipeline are about, as targets: names them, and reads the names back. Plans and
 * journals hold these ids, so their form does not change.
 */
public final class PipelineTargets {
  /** The kind of a run as a target. */
  public static final String RUN = "pipeline.run";

  /** The kind of a workflow as a target. */
  public static final String WORKFLOW = "pipeline.workflow";

  /**
   * The kind of one start of a workflow as a target: its id holds file, ref, inputs, and the newest
   * run that there was before.
   */
  public static final String START = "pipeline.start";

  private static final String INPUT = "in.";

  private PipelineTargets() {}

  /**
   * Names a run as a target.
   *
   * @param repository owner and name
   * @param run the run's id
   * @return the target
   */
  public static Target run(String repository, long run) {
    return new Target(RUN, repository + " " + run, "run " + run + " of " + repository);
  }

  /**
   * Names a workflow as a target.
   *
   * @param repository owner and name
   * @param file the workflow's file name
   * @return the target
   */
  public static Target workflow(String repository, String file) {
    return new Target(WORKFLOW, repository + " " + file, file + " of " + repository);
  }

  /**
   * Names one start of a workflow as a target.
   *
   * @param repository owner and name
   * @param start what is to be started
   * @param after the newest run of the workflow before
   * @return the target
   */
  public static Target start(String repository, WorkflowStart start, long after) {
    var marked = start.marked(after);
    var id =
        new StringBuilder(repository)
            .append(' ')
            .append("file=" + encoded(start.file()))
            .append("&ref=" + encoded(start.ref()))
            .append("&after=" + after);
    marked
        .inputs()
        .forEach((name, value) -> id.append('&' + INPUT + encoded(name) + '=' + encoded(value)));
    return new Target(START, id.toString(), "start of " + start.file() + " at " + start.ref());
  }

  /**
   * Reads a target's repository back.
   *
   * @param target a target that this class made
   * @return owner and name
   * @throws IllegalArgumentException if the target is malformed
   */
  public static String repository(Target target) {
    return target.id().substring(0, space(target));
  }

  /**
   * Reads a run's id back.
   *
   * @param target a target of kind {@link #RUN}
   * @return the id
   * @throws IllegalArgumentException if the target is of another kind or malformed
   */
  public static long runId(Target target) {
    return Long.parseLong(rest(target, RUN));
  }

  /**
   * Reads a workflow's file name back.
   *
   * @param target a target of kind {@link #WORKFLOW}
   * @return the file name
   * @throws IllegalArgumentException if the target is of another kind or malformed
   */
  public static String workflowFile(Target target) {
    return rest(target, WORKFLOW);
  }

  /**
   * Reads back what is to be started.
   *
   * @param target a target of kind {@link #START}
   * @return what is to be started, its reason marked
   * @throws IllegalArgumentException if the target is of another kind or malformed
   */
  public static WorkflowStart workflowStart(Target target) {
    var fields = fields(target);
    var inputs = new TreeMap<String, String>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(INPUT)) {
            inputs.put(name.substring(INPUT.length()), value);
          }
        });
    return new WorkflowStart(need(fields, "file"), need(fields, "ref"), inputs);
  }

  /**
   * Reads back the newest run that there was before a start.
   *
   * @param target a target of kind {@link #START}
   * @return the run's id; the started one has a higher one
   * @throws IllegalArgumentException if the target is of another kind or malformed
   */
  public static long after(Target target) {
    return Long.parseLong(need(fields(target), "after"));
  }

  private static Map<String, String> fields(Target target) {
    var fields = new TreeMap<String, String>();
    for (var pair : rest(target, START).split("&", -1)) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException("not a start of a workflow: " + target.id());
      }
      fields.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
    }
    return fields;
  }

  private static String need(Map<String, String> fields, String name) {
    var value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a start of a workflow without " + name);
    }
    return value;
  }

  private static String rest(Target target, String kind) {
    if (!target.kind().equals(kind)) {
      throw new IllegalArgumentException("not a " + kind + ": " + target.kind());
    }
    return target.id().substring(space(target) + 1);
  }

  private static int space(Target target) {
    int at = target.id().indexOf(' ');
    if (at < 1) {
      throw new IllegalArgumentException("no repository in " + target.kind() + " " + target.id());
    }
    return at;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
