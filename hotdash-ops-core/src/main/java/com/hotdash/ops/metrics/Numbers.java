package com.hotdash.ops.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the decimal numbers of the text formats. {@link Double#parseDouble} takes more ({@code 1f},
 * {@code 0x1p3}, white space) and less ({@code +Inf}, {@code Nan}), so the grammar is checked
 * first.
 */
final class Numbers {
  private static final double[] POWERS = powers();
  private static final long EXACT = 1L << 53;

  /** Set by {@link #parse}: whether the text was a number at all. */
  private boolean valid;

  private static double[] powers() {
    var powers = new double[23];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Double.parseDouble("1e" + i);
    }
    return powers;
  }

  boolean valid() {
    return valid;
  }

  double parse(byte[] b, int from, int to) {
    valid = true;
    int i = from;
    boolean negative = false;
    if (i < to && (b[i] == '-' || b[i] == '+')) {
      negative = b[i] == '-';
      i++;
    }
    if (i >= to) {
      return invalid();
    }
    if (b[i] != '.' && (b[i] < '0' || b[i] > '9')) {
      return word(b, i, to, i > from, negative);
    }
    long mantissa = 0;
    int digits = 0;
    int seen = 0;
    int scale = 0;
    for (; i < to && b[i] >= '0' && b[i] <= '9'; i++, seen++) {
      if (digits < 18) {
        mantissa = mantissa * 10 + (b[i] - '0');
        digits += mantissa == 0 ? 0 : 1;
      } else {
        digits = 99;
      }
    }
    if (i < to && b[i] == '.') {
      i++;
      for (; i < to && b[i] >= '0' && b[i] <= '9'; i++, seen++) {
        if (digits < 18) {
          mantissa = mantissa * 10 + (b[i] - '0');
          digits += mantissa == 0 ? 0 : 1;
          scale++;
        } else {
          digits = 99;
        }
      }
    }
    if (seen == 0) {
      return invalid();
    }
    int exponent = 0;
    if (i < to && (b[i] == 'e' || b[i] == 'E')) {
      i++;
      boolean down = i < to && b[i] == '-';
      if (i < to && (b[i] == '-' || b[i] == '+')) {
        i++;
      }
      int first = i;
      for (; i < to && b[i] >= '0' && b[i] <= '9'; i++) {
        exponent = Math.min(100_000, exponent * 10 + (b[i] - '0'));
      }
      if (i == first) {
        return invalid();
      }
      exponent = down ? -exponent : exponent;
    }
    if (i != to) {
      return invalid();
    }
    int shift = exponent - scale;
    // Both factors are exact doubles here, so the one rounding is the right one (Clinger).
    if (digits <= 18 && mantissa <= EXACT && shift >= -22 && shift <= 22) {
      double value = shift < 0 ? mantissa / POWERS[-shift] : mantissa * POWERS[shift];
      return negative ? -value : value;
    }
    return Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
  }

  private double word(byte[] b, int at, int to, boolean signed, boolean negative) {
    if (is(b, at, to, "inf") || is(b, at, to, "infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return !signed && is(b, at, to, "nan") ? Double.NaN : invalid();
  }

  private static boolean is(byte[] b, int at, int to, String word) {
    if (to - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((b[at + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private double invalid() {
    valid = false;
    return Double.NaN;
  }

  /** Reads a number that stands in a label, such as {@code le}; NaN if it is none. */
  static double ofLabel(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Numbers().parse(bytes, 0, bytes.length);
  }

  /** Writes a number as a person wants it: 12, 0.25, 3.06452e-9. */
  static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%d", (long) value);
    }
    return Double.toString(value);
  }
}
