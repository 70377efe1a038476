package com.hotdash.ops.platform;

import java.util.List;

/**
 * Which machines were configured anew since a secret was last stored, and so have its present
 * value. Which value a process really holds nobody can read.
 *
 * @param state all of it in one word
 * @param behind the machines that were configured before, and run or sleep with the former value
 * @param unsure the machines of which nobody can tell, such as one that was only started since
 */
public record SecretSpread(State state, List<String> behind, List<String> unsure) {
  /** Nobody can tell anything. */
  public static final SecretSpread UNKNOWN = new SecretSpread(State.UNKNOWN, List.of(), List.of());

  /** How far a secret has come. The words are those of {@code fly secrets list}. */
  public enum State {
    /** Every machine was configured since. */
    DEPLOYED,
    /** No machine was configured since: it waits for a roll-out. */
    STAGED,
    /** Some machines were configured since and some were not. */
    PARTIAL,
    /** Of at least one machine nobody can tell, or there is none. */
    UNKNOWN
  }

  /** Copies the lists. */
  public SecretSpread {
    behind = List.copyOf(behind);
    unsure = List.copyOf(unsure);
  }

  /**
   * Sums up.
   *
   * @param taken how many machines were configured since
   * @param behind the machines that were not
   * @param unsure the machines of which nobody can tell
   * @return the spread
   */
  public static SecretSpread of(int taken, List<String> behind, List<String> unsure) {
    return new SecretSpread(state(taken, behind, unsure), behind, unsure);
  }

  private static State state(int taken, List<String> behind, List<String> unsure) {
    if (taken > 0 && !behind.isEmpty()) {
      return State.PARTIAL;
    }
    if (!unsure.isEmpty() || (taken == 0 && behind.isEmpty())) {
      return State.UNKNOWN;
    }
    return behind.isEmpty() ? State.DEPLOYED : State.STAGED;
  }

  /** Returns whether a roll-out would bring it to a machine for certain. */
  boolean waits() {
    return !behind.isEmpty();
  }

  @Override
  public String toString() {
    return state
        + (behind.isEmpty() ? "" : ", former value on " + some(behind))
        + (unsure.isEmpty() ? "" : ", nobody can tell of " + some(unsure));
  }

  private static String some(List<String> machines) {
    return machines.size() > 5 ? machines.size() + " machines" : String.join(", ", machines);
  }
}
