package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The words in which steps on machines are written, which the resolutions and a platform's control
 * share. One step changes one machine and is done when the machine is seen to have changed, to run
 * if it ran, and to be no worse than before: the platform may put back an update that it cannot
 * carry out, and call that started. A machine that does not run is not started by a step.
 *
 * <p>A step that was carried out and left its machine worse than it was has failed. The control
 * then puts that machine back, and only if it was healthy as it was; all others stay.
 */
public final class MachineSteps {
  /** Gives a machine another image. */
  public static final String IMAGE = "machine.image";

  /** Gives a machine another size, in one update. */
  public static final String GUEST = "machine.guest";

  /**
   * Gives a machine a whole configuration that it had before. Its target is a {@link #CONFIG} that
   * names it.
   */
  public static final String PUT_BACK = "machine.put-back";

  /** Restarts a machine that runs, once. */
  public static final String RESTART = "machine.restart";

  /** Takes a machine out of rotation and leaves it running. */
  public static final String CORDON = "machine.cordon";

  /** Puts a machine into rotation again. */
  public static final String UNCORDON = "machine.uncordon";

  /** Updates a machine with what it has, so that it takes the secrets that are stored. */
  public static final String ROLL_OUT = "machine.roll-out";

  /**
   * Makes a machine, as {@link NewMachine} says; its mark keeps a repetition from making a second.
   */
  public static final String CREATE = "machine.create";

  /** Stops a machine and does away with it; refused if it has a volume. */
  public static final String DESTROY = "machine.destroy";

  /** The kind of an application as the target of a whole plan; its id is the application's. */
  public static final String APP = "platform.app";

  /** The field of an {@link #APP} with the number of its newest release; left out if unread. */
  public static final String RELEASE = "release";

  /** The kind of one machine as a target; its id is the machine's. */
  public static final String MACHINE = "platform.machine";

  /** The kind of one machine and a version that it had, as a target; see {@link #earlier}. */
  public static final String CONFIG = "platform.machine-config";

  /** The field with the identity of a machine's configuration, which any update changes. */
  public static final String VERSION = "version";

  /** The field with a machine's image, as {@link Image#identity} writes it. */
  public static final String RUNS = "image";

  /** The field with a machine's size, as {@code kind/cpus/memory in MB}. */
  public static final String SIZE = "guest";

  /** The field with what a machine does, by the name of its {@link MachineState}. */
  public static final String STATE = "state";

  /** The field with the time of a machine's last start; left out if the platform does not say. */
  public static final String STARTED = "started-at";

  /** The field that tells whether a machine was taken out of rotation. */
  public static final String CORDONED = "cordoned";

  /** The field with how well a machine is, by the name of its {@link Machine.Health}. */
  public static final String HEALTH = "health";

  /** The field with the names of a machine's checks that do not pass, with commas between them. */
  public static final String FAILING = "failing-checks";

  /** The field that tells whether another machine of the same group is healthy. */
  public static final String OTHERS = "another-is-healthy";

  /** The field of a {@link #CONFIG} that tells whether it is the machine's configuration now. */
  public static final String RESTORED = "as-it-was";

  /** The value of a field that tells that something is so. */
  public static final String YES = "yes";

  /** The value of a field that tells that something is not so. */
  public static final String NO = "no";

  private static final String AT = "@";

  private MachineSteps() {}

  /**
   * Makes the step that gives a machine another image, and the one that takes it back.
   *
   * @param machine the machine as it was read
   * @param image what it shall run
   * @return the step
   */
  public static Step image(Machine machine, Image image) {
    return update(
        IMAGE, machine, Map.of(RUNS, machine.image().identity()), Map.of(RUNS, image.identity()));
  }

  /**
   * Makes the step that gives a machine another size, and the one that takes it back.
   *
   * @param machine the machine as it was read
   * @param guest its new size
   * @return the step
   */
  public static Step guest(Machine machine, Guest guest) {
    return update(GUEST, machine, Map.of(SIZE, size(machine.guest())), Map.of(SIZE, size(guest)));
  }

  /**
   * Makes the step that gives a machine a configuration that it had, and the one that takes that
   * back.
   *
   * @param machine the machine as it was read
   * @param earlier what it shall be again
   * @return the step
   */
  public static Step putBack(Machine machine, MachineVersion earlier) {
    var before = told(machine.image(), machine.guest(), NO);
    var after = told(earlier.image(), earlier.guest(), YES);
    var again = told(machine.image(), machine.guest(), YES);
    var undo = new Step(PUT_BACK, config(machine, machine.version()), Map.of(), after, again, null);
    return new Step(
        PUT_BACK, config(machine, earlier.version()), version(machine), before, after, undo);
  }

  /**
   * Makes the step that restarts a machine. Nothing takes it back.
   *
   * @param machine the machine as it was read, which runs
   * @param sparing whether it is made only while another machine of the group is healthy
   * @return the step
   */
  public static Step restart(Machine machine, boolean sparing) {
    var seen = fields(machine);
    var assumes = new TreeMap<String, String>();
    for (var field : new String[] {VERSION, STATE, STARTED}) {
      if (seen.containsKey(field)) {
        assumes.put(field, Objects.requireNonNull(seen.get(field)));
      }
    }
    if (sparing) {
      assumes.put(OTHERS, YES);
    }
    var before = Map.of(STARTED, seen.getOrDefault(STARTED, "unknown"));
    return new Step(RESTART, target(machine), assumes, before, Map.of(STARTED, Step.ANOTHER), null);
  }

  /**
   * Makes the step that takes a machine out of rotation, or puts it in again, and the one that
   * takes that back.
   *
   * @param machine the machine as it was read
   * @param cordoned whether it shall be out of rotation
   * @return the step
   */
  public static Step cordon(Machine machine, boolean cordoned) {
    var is = Map.of(CORDONED, cordoned ? NO : YES);
    var shall = Map.of(CORDONED, cordoned ? YES : NO);
    var undo = new Step(cordoned ? UNCORDON : CORDON, target(machine), shall, shall, is, null);
    return new Step(cordoned ? CORDON : UNCORDON, target(machine), is, is, shall, undo);
  }

  /**
   * Makes the step that has a machine take the secrets that are stored. Taking it back is the same:
   * the machine takes what is stored then.
   *
   * @param machine the machine as it was read
   * @return the step
   */
  public static Step rollOut(Machine machine) {
    return update(ROLL_OUT, machine, version(machine), Map.of(VERSION, Step.ANOTHER));
  }

  /**
   * Makes the step that does away with a machine. Nothing takes it back, so one that was chosen
   * because it slept must sleep still.
   *
   * @param machine the machine as it was read
   * @param sparing whether it is made only while another machine of the group is healthy
   * @return the step
   */
  public static Step destroy(Machine machine, boolean sparing) {
    var before = Map.of(STATE, machine.state().name());
    var assumes = new TreeMap<>(version(machine));
    assumes.putAll(before);
    if (sparing) {
      assumes.put(OTHERS, YES);
    }
    return new Step(DESTROY, target(machine), assumes, before, Step.GONE, null);
  }

  private static Step update(
      String kind, Machine machine, Map<String, String> before, Map<String, String> after) {
    var back = after.containsValue(Step.ANOTHER) ? after : before;
    var undo = new Step(kind, target(machine), Map.of(), after, back, null);
    return new Step(kind, target(machine), version(machine), before, after, undo);
  }

  /**
   * Names a machine as a target.
   *
   * @param machine the machine
   * @return the target
   */
  public static Target target(Machine machine) {
    return new Target(MACHINE, machine.id(), label(machine));
  }

  /**
   * Reads which machine a step is about.
   *
   * @param target a {@link #MACHINE} or a {@link #CONFIG}
   * @return the machine's id
   */
  public static String machine(Target target) {
    int at = target.kind().equals(CONFIG) ? target.id().lastIndexOf(AT) : -1;
    return at < 0 ? target.id() : target.id().substring(0, at);
  }

  /**
   * Reads which of a machine's configurations a target means.
   *
   * @param target a {@link #CONFIG}
   * @return the version that had it
   * @throws IllegalArgumentException if it is another kind of target
   */
  public static String earlier(Target target) {
    if (!target.kind().equals(CONFIG)) {
      throw new IllegalArgumentException("not the configuration of a machine: " + target.kind());
    }
    return target.id().substring(target.id().lastIndexOf(AT) + 1);
  }

  /**
   * Tells a machine's fields as a control observes them.
   *
   * @param machine the machine
   * @return all but {@link #OTHERS}, which needs the other machines
   */
  public static Map<String, String> fields(Machine machine) {
    var fields = new TreeMap<String, String>();
    fields.put(VERSION, machine.version());
    fields.put(RUNS, machine.image().identity());
    fields.put(SIZE, size(machine.guest()));
    fields.put(STATE, machine.state().name());
    fields.put(CORDONED, machine.cordoned() ? YES : NO);
    fields.put(HEALTH, machine.health().name());
    fields.put(
        FAILING,
        machine.checks().stream()
            .filter(check -> check.status() != MachineCheck.Status.PASSING)
            .map(MachineCheck::name)
            .sorted()
            .collect(Collectors.joining(",")));
    if (machine.startedAt() != null) {
      fields.put(STARTED, machine.startedAt().toString());
    }
    return fields;
  }

  /**
   * Tells a machine's fields as a control observes them that has read all machines.
   *
   * @param machine the machine
   * @param machines all machines, this one included
   * @return all fields
   */
  public static Map<String, String> fields(Machine machine, Machines machines) {
    var fields = new TreeMap<>(fields(machine));
    boolean others =
        machines.healthy().stream()
            .anyMatch(
                each -> each.group().equals(machine.group()) && !each.id().equals(machine.id()));
    fields.put(OTHERS, others ? YES : NO);
    return fields;
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

  static String label(Machine machine) {
    return machine.id() + " (" + machine.region() + ", " + machine.group() + ")";
  }

  private static Target config(Machine machine, String version) {
    return new Target(
        CONFIG, machine.id() + AT + version, label(machine) + " as it was in " + version);
  }

  private static Map<String, String> told(Image image, Guest guest, String restored) {
    return Map.of(RUNS, image.identity(), SIZE, size(guest), RESTORED, restored);
  }

  private static Map<String, String> version(Machine machine) {
    return Map.of(VERSION, machine.version());
  }
}
