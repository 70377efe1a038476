package com.hotdash.ops.metrics;

/**
 * How much of an exposition is read. What lies beyond a bound is left out, and the result says so.
 *
 * @param bytes the longest body, decompressed, at least 1; 16 MB by default, as the platform's own
 *     scraper
 * @param series the most series kept, at least 1; 200,000 by default
 * @param lineBytes the longest line, 1 byte to 64 MB, 64 KB by default; a longer one is one warning
 * @param labelBytes the longest label value, at least 1 byte, 4 KB by default; a line with a longer
 *     one is one warning
 * @param labels the most labels of one series, at least 1; 64 by default
 * @param warnings the most warnings kept, zero or more, 20 by default; all are counted
 */
public record MetricsLimits(
    long bytes, int series, int lineBytes, int labelBytes, int labels, int warnings) {
  /** The bounds that hold if nobody sets others. */
  public static final MetricsLimits DEFAULT =
      new MetricsLimits(16L << 20, 200_000, 64 << 10, 4 << 10, 64, 20);

  /** Refuses bounds that would read nothing. */
  public MetricsLimits {
    if (bytes < 1 || series < 1 || lineBytes < 1 || labelBytes < 1 || labels < 1 || warnings < 0) {
      throw new IllegalArgumentException("a bound is at least 1, that of warnings at least 0");
    }
    if (lineBytes > 1 << 26) {
      throw new IllegalArgumentException("lineBytes is at most 64 MB, not " + lineBytes);
    }
  }

  /**
   * Sets the longest body.
   *
   * @param most its bytes, decompressed; at least 1
   * @return a changed copy
   * @throws IllegalArgumentException if {@code most} is less than 1
   */
  public MetricsLimits withBytes(long most) {
    return new MetricsLimits(most, series, lineBytes, labelBytes, labels, warnings);
  }

  /**
   * Sets the most series.
   *
   * @param most how many are kept
   * @return a changed copy
   */
  public MetricsLimits withSeries(int most) {
    return new MetricsLimits(bytes, most, lineBytes, labelBytes, labels, warnings);
  }
}
