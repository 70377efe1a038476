package com.hotdash.ops.fly;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One look at all of an app that an incident needs. Each part was read by itself: one that could
 * not be read says why, and costs no other.
 *
 * @param name the app
 * @param at when the look began, by our clock
 * @param app the app as Fly describes it
 * @param machines its machines
 * @param releases its releases, newest first
 * @param secrets its secrets, by name
 * @param hostIssues trouble with hosts that it sits on
 * @param incidents incidents of Fly itself
 */
public record FlyStatus(
    String name,
    Instant at,
    Reading<AppInfo> app,
    Reading<List<Machine>> machines,
    Reading<List<Release>> releases,
    Reading<List<SecretName>> secrets,
    Reading<List<HostIssue>> hostIssues,
    Reading<List<FlyIncident>> incidents) {
  private static final int MACHINES_SHOWN = 12;

  /**
   * Returns what could not be read.
   *
   * @return the obstacles; empty if all was read
   */
  public List<NotChecked> notChecked() {
    return Stream.of(app, machines, releases, secrets, hostIssues, incidents)
        .flatMap(reading -> reading.obstacle().stream())
        .toList();
  }

  /**
   * Returns whether managed machines run more than one image: a deploy or roll back that stopped
   * half-way. {@code fly status} does not show it in its headline.
   *
   * @return false also if the machines could not be read
   */
  public boolean mixed() {
    var images =
        managed().stream().map(Machine::image).filter(Objects::nonNull).distinct().toList();
    return images.stream().anyMatch(image -> !image.sameAs(images.get(0)));
  }

  private List<Machine> managed() {
    return machines.toOptional().orElse(List.of()).stream().filter(Machine::managed).toList();
  }

  /**
   * Returns the status as a page.
   *
   * @return the page
   */
  public Page page() {
    var page = Page.builder().heading(1, "Fly app " + name);
    app.toOptional().ifPresent(one -> page.fact("Status", one.toString()));
    releases.toOptional().stream()
        .flatMap(list -> list.stream().limit(1))
        .forEach(one -> page.fact("Newest release", one.toString()));
    secrets.toOptional().ifPresent(list -> page.fact("Secrets", list.size() + " set"));
    notChecked().forEach(one -> page.callout(Tone.UNSURE, "NOT CHECKED", one.toString()));
    incidents
        .toOptional()
        .ifPresent(list -> list.forEach(one -> page.callout(Tone.BAD, "FLY", one.toString())));
    hostIssues
        .toOptional()
        .ifPresent(list -> list.forEach(one -> page.callout(Tone.BAD, "HOST", one.toString())));
    if (mixed()) {
      page.callout(Tone.BAD, "MIXED", "machines run different images");
    }
    machines.toOptional().ifPresent(list -> table(page, list));
    return page.build();
  }

  private void table(Page.Builder page, List<Machine> all) {
    var mine = managed();
    page.table(
        List.of(
            // An id is typed again: it must not be cut.
            Column.number("Machine"),
            Column.text("Region"),
            Column.text("State"),
            Column.text("Size"),
            Column.number("Rel"),
            Column.number("Image")),
        mine.stream().limit(MACHINES_SHOWN).map(FlyStatus::row).toList());
    var notes = new ArrayList<String>();
    mine.stream()
        .filter(one -> one.lastExit().filter(MachineExit::bad).isPresent())
        .limit(3)
        .forEach(one -> one.lastExit().ifPresent(end -> notes.add(one.id() + ": " + end)));
    if (mine.size() > MACHINES_SHOWN) {
      notes.add(mine.size() - MACHINES_SHOWN + " more machines");
    }
    if (all.size() > mine.size()) {
      notes.add(all.size() - mine.size() + " machines that are reserved, gone or not Fly Launch's");
    }
    page.bullets(notes);
  }

  private static List<String> row(Machine machine) {
    var state =
        machine.state()
            + machine.healthy().map(good -> good ? ", passing" : ", checks fail").orElse("")
            + (machine.cordoned() ? ", cordoned" : "")
            + (machine.hostStatus().equals("ok") ? "" : ", host " + machine.hostStatus())
            + (autostopped(machine) ? " (auto-stop)" : "");
    return List.of(
        machine.id(),
        machine.region(),
        state,
        machine.guest().map(Guest::toString).orElse("?"),
        machine.releaseVersion().map(String::valueOf).orElse("?"),
        machine.image() == null ? "?" : machine.image().shortest());
  }

  private static boolean autostopped(Machine machine) {
    var config = machine.config();
    return config != null
        && config.autostops()
        && (machine.state().equals(MachineState.STOPPED)
            || machine.state().equals(MachineState.SUSPENDED));
  }

  @Override
  public String toString() {
    return page().toString();
  }
}
