package com.hotdash.ops.fly;

/**
 * An earlier version of a machine.
 *
 * @param version its id; sorts by time
 * @param config the whole config that it had: sent back, it restores env, guest, services and image
 */
public record MachineVersion(String version, MachineConfig config) {}
