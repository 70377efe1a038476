package com.hotdash.ops.platform;

import java.time.Instant;

/**
 * An end of what a machine ran.
 *
 * @param at when
 * @param code the exit code; 137 is a kill, often for memory
 * @param outOfMemory whether the platform says that memory ran out
 * @param requested whether somebody asked for it: then the code means nothing
 * @param restarts how often the platform has started it again since
 */
public record MachineExit(
    Instant at, int code, boolean outOfMemory, boolean requested, int restarts) {}
