package com.hotdash.ops.fly;

import com.hotdash.ops.fly.MachineChange.Outcome;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a change over several machines, one after another. The first failure ended it:
 * machines that were changed before stay changed, the others stay as they were.
 *
 * @param app the app
 * @param what the change
 * @param machines one for each machine of the app, in the order in which they were taken
 */
public record FlyRollout(String app, String what, List<MachineChange> machines) {
  /** Copies the list. */
  public FlyRollout {
    machines = List.copyOf(machines);
  }

  /**
   * Returns whether every machine is what was asked for.
   *
   * @return false also if there is no machine
   */
  public boolean complete() {
    return !machines.isEmpty()
        && machines.stream()
            .map(MachineChange::outcome)
            .allMatch(end -> end == Outcome.CHANGED || end == Outcome.UNCHANGED);
  }

  /**
   * Returns the machines that ended in a certain way.
   *
   * @param outcome the way
   * @return the machines
   */
  public List<MachineChange> with(Outcome outcome) {
    return machines.stream().filter(machine -> machine.outcome() == outcome).toList();
  }

  /**
   * Returns the rollout as a page.
   *
   * @return the page
   */
  public Page page() {
    var rows = new ArrayList<List<String>>();
    for (var one : machines) {
      rows.add(
          List.of(
              one.machineId(),
              one.outcome().name(),
              one.after() == null ? one.before() : one.before() + " → " + one.after(),
              "%.1f".formatted(one.took().toMillis() / 1000.0)));
    }
    int good = with(Outcome.CHANGED).size() + with(Outcome.UNCHANGED).size();
    return Page.builder()
        .heading(1, app + ": " + what)
        .callout(
            complete() ? Tone.GOOD : Tone.BAD,
            complete() ? "DONE" : "NOT DONE",
            good + " of " + machines.size() + " machines are as asked for")
        .table(
            List.of(
                Column.text("Machine"),
                Column.text("Outcome"),
                Column.text("From → to"),
                Column.number("s")),
            rows)
        .bullets(
            machines.stream()
                .filter(one -> !one.detail().isEmpty())
                .map(one -> one.machineId() + ": " + one.detail())
                .toList())
        .build();
  }

  @Override
  public String toString() {
    return page().toString();
  }
}
