package com.hotdash.ops.testkit.github;

/**
 * What a job pinned to a line of the source.
 *
 * @param path the file
 * @param line the line, from 1
 * @param level {@code notice}, {@code warning} or {@code failure}
 * @param message what it says
 */
public record Annotation(String path, int line, String level, String message) {}
