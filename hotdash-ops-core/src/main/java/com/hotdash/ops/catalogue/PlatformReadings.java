package com.hotdash.ops.catalogue;

import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the readings of the platform are shown. */
final class PlatformReadings {
  private static final long MB = 1_048_576;
  private static final int MOST = 20;

  static final Shown<Machines> MACHINES =
      new Shown<>(PlatformLook.MACHINES, PlatformReadings::machines);
  static final Shown<List<Release>> RELEASES =
      new Shown<>(PlatformLook.RELEASES, PlatformReadings::releases);
  static final Shown<List<SecretDigest>> SECRETS =
      new Shown<>(PlatformLook.SECRETS, PlatformReadings::secrets);
  static final Shown<Resources> RESOURCES =
      new Shown<>(PlatformLook.RESOURCES, PlatformReadings::resources);
  static final Shown<List<PlatformTrouble>> TROUBLES =
      new Shown<>(
          PlatformLook.TROUBLES,
          (page, troubles) ->
              page.bullets(
                  troubles.isEmpty()
                      ? List.of("none is admitted, which proves little: such pages lag")
                      : troubles.stream().map(Object::toString).toList()));

  private PlatformReadings() {}

  private static void machines(Page.Builder page, Machines machines) {
    page.table(
        List.of(
            Column.text("Machine"),
            Column.text("State"),
            Column.text("Health"),
            Column.text("At"),
            Column.text("Size"),
            Column.text("Image"),
            Column.text("Started")),
        machines.all().stream()
            .map(
                each ->
                    List.of(
                        each.id(),
                        each.stateText() + (each.cordoned() ? ", cordoned" : ""),
                        each.health().name(),
                        each.region(),
                        each.guest().toString(),
                        each.image().label(),
                        Readings.orNone(each.startedAt())))
            .toList());
    page.bullets(
        machines.all().stream().map(PlatformReadings::trouble).toList().stream()
            .filter(each -> !each.isEmpty())
            .toList());
  }

  /** Checks that do not pass, and the last end that nobody asked for. */
  private static String trouble(Machine machine) {
    var checks =
        machine.checks().stream()
            .filter(each -> each.status() != MachineCheck.Status.PASSING)
            .map(each -> each.name() + " " + each.status() + ": " + each.output())
            .collect(Collectors.joining("; "));
    var end =
        machine.exits().stream()
            .filter(each -> !each.requested())
            .findFirst()
            .map(
                each ->
                    "ended by itself at "
                        + each.at()
                        + " with code "
                        + each.code()
                        + (each.outOfMemory() ? ", out of memory" : ""))
            .orElse("");
    var both = checks + (checks.isEmpty() || end.isEmpty() ? "" : "; ") + end;
    return both.isEmpty() ? "" : machine.id() + ": " + both;
  }

  private static void releases(Page.Builder page, List<Release> releases) {
    page.table(
        List.of(
            Column.text("Release"),
            Column.text("Status"),
            Column.text("Image"),
            Column.text("Made"),
            Column.text("By"),
            Column.text("What")),
        releases.stream()
            .limit(MOST)
            .map(
                each ->
                    List.of(
                        each.label(),
                        each.statusText(),
                        each.image().label(),
                        each.at().toString(),
                        each.by(),
                        each.description()))
            .toList());
    Readings.more(page, releases.size());
  }

  private static void secrets(Page.Builder page, List<SecretDigest> secrets) {
    page.table(
        List.of(
            Column.text("Secret"),
            Column.text("Digest"),
            Column.text("Machines"),
            Column.text("Stored at")),
        secrets.stream()
            .map(
                each ->
                    List.of(
                        each.name(),
                        each.digest(),
                        each.spread().toString(),
                        Readings.orNone(each.updatedAt())))
            .toList());
  }

  private static void resources(Page.Builder page, Resources resources) {
    page.table(
        List.of(
            Column.text("Machine"),
            Column.number("Used MB"),
            Column.number("Of MB"),
            Column.number("Cores"),
            Column.number("Baseline"),
            Column.number("Held back %")),
        resources.machines().stream().map(PlatformReadings::row).toList());
  }

  private static List<String> row(MachineResources machine) {
    var used = machine.memoryUsed();
    return List.of(
        machine.machine(),
        used.isEmpty() ? "–" : Long.toString(used.get(used.size() - 1).bytes() / MB),
        machine.memoryTotal() == null ? "–" : Long.toString(machine.memoryTotal() / MB),
        number(machine.coresUsed(), 1),
        number(machine.baselineCores(), 1),
        number(machine.throttled(), 100));
  }

  private static String number(@Nullable Double value, double times) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.2f", times * value);
  }
}
