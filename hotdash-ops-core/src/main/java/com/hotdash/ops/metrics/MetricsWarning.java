package com.hotdash.ops.metrics;

/**
 * What was wrong with a line, and was left out or set right.
 *
 * @param line the line's number, from 1; 0 if it concerns the whole
 * @param text what was wrong; holds nothing of the line itself, a metric's name at most
 */
public record MetricsWarning(long line, String text) {
  @Override
  public String toString() {
    return line == 0 ? text : "line " + line + ": " + text;
  }
}
