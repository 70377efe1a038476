package com.hotdash.ops.platform;

/**
 * A configuration that a machine had.
 *
 * @param version its identity, as {@link Machine#version} says it
 * @param image what it ran
 * @param guest its size
 * @param fingerprint equal for configurations that are equal in all they say, and for no others
 */
public record MachineVersion(String version, Image image, Guest guest, String fingerprint) {}
