package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts a run by {@code workflow_dispatch}, after all that GitHub checks. */
final class Dispatch {
  private static final int MOST_INPUTS = 25;
  private static final Set<String> KEYS = Set.of("ref", "inputs", "return_run_details");

  private Dispatch() {}

  static Answer answer(Ask ask) {
    var workflow = ActionsRoutes.workflow(ask);
    var body = ask.body();
    for (var key : body.keySet()) {
      boolean unknown = !KEYS.contains(key);
      boolean tooOld = key.equals("return_run_details") && ask.repository().refusesRunDetails;
      if (unknown || tooOld) {
        throw Problem.of(422, "Invalid request.\n\n\"" + key + "\" is not a permitted key.");
      }
    }
    if (!(body.get("ref") instanceof String given)) {
      throw Problem.of(422, "Invalid request.\n\n\"ref\" wasn't supplied.");
    }
    var ref = given.replaceFirst("^refs/(heads|tags)/", "");
    var sha = ask.repository().refs.get(ref);
    if (sha == null) {
      throw Problem.of(422, "No ref found for: " + given);
    }
    if (workflow.file.inputs() == null) {
      throw Problem.of(422, "Workflow does not have 'workflow_dispatch' trigger");
    }
    if (!workflow.state.equals("active")) {
      throw Problem.of(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
    }
    var inputs = inputs(workflow.file.inputs(), body.get("inputs"));
    var run = ask.repository().runs.add(workflow, start(ask, workflow, ref, sha, inputs));
    boolean details = Boolean.TRUE.equals(body.get("return_run_details")) || ask.newVersion();
    return details ? details(ask, run.id) : Answer.empty(204);
  }

  private static Run.Start start(
      Ask ask, Workflow workflow, String ref, String sha, Map<String, String> inputs) {
    var titleInput = workflow.file.titleInput();
    var shown = titleInput == null ? null : inputs.get(titleInput);
    var title = shown == null ? workflow.file.name() : workflow.file.name() + ": " + shown;
    return new Run.Start("workflow_dispatch", ref, sha, inputs, title, ask.login());
  }

  private static Answer details(Ask ask, long run) {
    return Answer.json(
        200,
        Json.of(
            "workflow_run_id", run,
            "run_url", ask.api("/actions/runs/" + run),
            "html_url", ask.web("/actions/runs/" + run)));
  }

  private static Map<String, String> inputs(List<WorkflowInput> known, @Nullable Object given) {
    if (given != null && !(given instanceof Map)) {
      throw Problem.of(422, "Invalid request.\n\nFor 'properties/inputs', not an object.");
    }
    var sent = given instanceof Map<?, ?> map ? map : Map.of();
    if (sent.size() > MOST_INPUTS) {
      throw Problem.of(
          422, "Invalid request.\n\nNo more than " + MOST_INPUTS + " properties are allowed.");
    }
    var names = known.stream().map(WorkflowInput::name).toList();
    var unexpected = sent.keySet().stream().filter(k -> !names.contains(k)).toList();
    if (!unexpected.isEmpty()) {
      throw Problem.of(422, "Unexpected inputs provided: " + Json.write(unexpected));
    }
    var inputs = new LinkedHashMap<String, String>();
    for (var input : known) {
      var value = sent.get(input.name());
      if (value != null && !(value instanceof String)) {
        throw Problem.of(
            422, "Invalid request.\n\nFor 'inputs/" + input.name() + "', not a string.");
      }
      if (value instanceof String text
          && !input.options().isEmpty()
          && !input.options().contains(text)) {
        throw Problem.of(
            422,
            "Provided value '"
                + text
                + "' for input '"
                + input.name()
                + "' not in the list of allowed values");
      }
      if (value instanceof String text && !(text.isEmpty() && input.required())) {
        inputs.put(input.name(), text);
      } else if (input.fallback() != null) {
        inputs.put(input.name(), input.fallback());
      } else if (input.required()) {
        throw Problem.of(422, "Required input '" + input.name() + "' not provided");
      }
    }
    return inputs;
  }
}
