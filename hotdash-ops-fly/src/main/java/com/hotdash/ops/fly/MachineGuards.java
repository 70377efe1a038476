package com.hotdash.ops.fly;

/** What must be true of a machine before it is written. */
final class MachineGuards {
  private MachineGuards() {}

  /** Returns the config that an update starts from. */
  static MachineConfig check(Machine machine, Machine seen) {
    if (!machine.instanceId().equals(seen.instanceId())) {
      throw refused(
          machine,
          "was changed by somebody meanwhile: version "
              + machine.instanceId()
              + ", not "
              + seen.instanceId());
    }
    if (!machine.managed()) {
      throw refused(machine, "is not one that Fly Launch manages, or is reserved, or gone");
    }
    if (!machine.hostStatus().equals("ok")) {
      throw refused(machine, "sits on a host that is " + machine.hostStatus());
    }
    var config = machine.config();
    if (config == null || config.isEmpty()) {
      throw refused(machine, "came without its config, and half a config must not be sent back");
    }
    return config;
  }

  static FlyPreconditionException refused(Machine machine, String problem) {
    return new FlyPreconditionException(
        MachineUpdater.fault(machine.id(), problem + "; nothing was changed")
            .withNextStep("look at the machine again, then decide"),
        0,
        "",
        null);
  }
}
