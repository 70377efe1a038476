package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;

/**
 * The words in which steps on machines are written, which the resolutions and a platform's control
 * share. One step changes one machine and ends when the machine is seen to have changed: the
 * platform may put back an update that it cannot carry out, and call that started.
 */
public final class MachineSteps {
  /** Gives a machine another image. One that does not run is not started by it. */
  public static final String IMAGE = "machine.image";

  /** Gives a machine another size. One that does not run is not started by it. */
  public static final String GUEST = "machine.guest";

  /** The kind of an application as the target of a whole plan. */
  public static final String APP = "platform.app";

  /** The field of an {@link #APP} with the number of its newest release. */
  public static final String RELEASE = "release";

  /** The kind of one machine as a target; its id is the machine's. */
  public static final String MACHINE = "platform.machine";

  /** The field with the identity of a machine's configuration, which any update changes. */
  public static final String VERSION = "version";

  /** The field with a machine's image, as {@link Image#identity} writes it. */
  public static final String RUNS = "image";

  /** The field with a machine's size, as {@code kind/cpus/memory in MB}. */
  public static final String SIZE = "guest";

  private MachineSteps() {}

  /**
   * Makes the step that gives a machine another image, and the one that takes it back.
   *
   * @param machine the machine as it was read
   * @param image what it shall run
   * @return the step
   */
  public static Step image(Machine machine, Image image) {
    var before = Map.of(RUNS, machine.image().identity());
    var after = Map.of(RUNS, image.identity());
    var undo = new Step(IMAGE, target(machine), Map.of(), after, before, null);
    return new Step(IMAGE, target(machine), assumes(machine), before, after, undo);
  }

  /**
   * Makes the step that gives a machine another size, and the one that takes it back.
   *
   * @param machine the machine as it was read
   * @param guest its new size
   * @return the step
   */
  public static Step guest(Machine machine, Guest guest) {
    var before = Map.of(SIZE, size(machine.guest()));
    var after = Map.of(SIZE, size(guest));
    var undo = new Step(GUEST, target(machine), Map.of(), after, before, null);
    return new Step(GUEST, target(machine), assumes(machine), before, after, undo);
  }

  /**
   * Names a machine as a target.
   *
   * @param machine the machine
   * @return the target
   */
  public static Target target(Machine machine) {
    return new Target(
        MACHINE,
        machine.id(),
        machine.id() + " (" + machine.region() + ", " + machine.group() + ")");
  }

  /**
   * Tells a machine's fields as a control observes them.
   *
   * @param machine the machine
   * @return version, image and size
   */
  public static Map<String, String> fields(Machine machine) {
    return Map.of(
        VERSION, machine.version(),
        RUNS, machine.image().identity(),
        SIZE, size(machine.guest()));
  }

  /**
   * Writes a size as the fields hold it.
   *
   * @param guest the size
   * @return such as {@code shared/2/2048}
   */
  public static String size(Guest guest) {
    return guest.cpuKind() + "/" + guest.cpus() + "/" + guest.memoryMb();
  }

  private static Map<String, String> assumes(Machine machine) {
    return Map.of(VERSION, machine.version());
  }
}
