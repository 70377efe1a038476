package com.hotdash.ops.platform;

/** A {@link SickPlatform} for tests of other packages. */
public final class PlatformWorld {
  private PlatformWorld() {}

  /** Two machines that run the newest of two releases, one that sleeps. */
  public static SickPlatform sickPlatform() {
    return new SickPlatform()
        .release(62, Release.Status.COMPLETE, "b")
        .release(63, Release.Status.COMPLETE, "c")
        .machine("m1", "c", MachineState.STARTED)
        .machine("m2", "c", MachineState.STARTED)
        .machine("m3", "c", MachineState.STOPPED);
  }
}
