package com.hotdash.ops.text;

/**
 * A column of a table.
 *
 * @param header what stands above it
 * @param number whether it holds numbers: those stand at the right and are never cut
 */
public record Column(String header, boolean number) {
  /**
   * Makes a column of text, which narrow terminals may cut.
   *
   * @param header what stands above it
   * @return the column
   */
  public static Column text(String header) {
    return new Column(header, false);
  }

  /**
   * Makes a column of numbers.
   *
   * @param header what stands above it
   * @return the column
   */
  public static Column number(String header) {
    return new Column(header, true);
  }
}
