package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;

/**
 * A machine that is to be made as a copy of another one. As a target it is told by its mark: the
 * platform keeps the mark with the machine, so that whoever lost the answer finds it again.
 *
 * @param like the machine that it copies
 * @param version the version of that machine
 * @param region where it shall stand
 * @param mark a word that no other machine of the application has, of letters and digits
 */
public record NewMachine(String like, String version, String region, String mark) {
  /** The kind of such a target. */
  public static final String KIND = "platform.new-machine";

  /** The field that tells whether a machine with the mark is there. */
  public static final String MADE = "made";

  /**
   * The field with the present version of the machine that is copied; told only while none is made.
   */
  public static final String LIKE_VERSION = "like-version";

  /** The field with the id of the machine that has the mark, while there is one. */
  public static final String ID = "machine";

  private static final String SEPARATOR = "/";

  /** Checks that all parts can be told apart. */
  public NewMachine {
    for (var part : new String[] {like, version, region, mark}) {
      if (part.isEmpty() || part.contains(SEPARATOR)) {
        throw new IllegalArgumentException("part of a target's id: \"" + part + "\"");
      }
    }
  }

  /**
   * Reads a target.
   *
   * @param target of this kind
   * @return the machine that is to be made
   * @throws IllegalArgumentException if it is another kind of target
   */
  public static NewMachine of(Target target) {
    var parts = target.id().split(SEPARATOR, -1);
    if (!target.kind().equals(KIND) || parts.length != 4) {
      throw new IllegalArgumentException("not a machine to be made: " + target.kind());
    }
    return new NewMachine(parts[0], parts[1], parts[2], parts[3]);
  }

  /**
   * Names it as a target.
   *
   * @return the target
   */
  public Target target() {
    return new Target(
        KIND,
        String.join(SEPARATOR, like, version, region, mark),
        "new machine " + mark + " in " + region + ", like " + like);
  }

  /**
   * Makes the step that makes it, and the one that takes it away again.
   *
   * @return the step
   */
  public Step step() {
    var no = Map.of(MADE, MachineSteps.NO);
    var yes = Map.of(MADE, MachineSteps.YES);
    var undo = new Step(MachineSteps.DESTROY, target(), yes, yes, no, null);
    var assumes = Map.of(MADE, MachineSteps.NO, LIKE_VERSION, version);
    return new Step(MachineSteps.CREATE, target(), assumes, no, yes, undo);
  }
}
