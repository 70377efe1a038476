package com.hotdash.ops.catalogue;

/** How the lines of the runbook are named. */
final class LineIds {
  private LineIds() {}

  static String prefix(LineKind kind) {
    return switch (kind) {
      case OVERVIEW -> "OV";
      case ENTRY -> "TOC";
      case SYMPTOM -> "S";
      case DIAGNOSIS -> "D";
      case RESOLUTION -> "R";
      case PREVENTION -> "P";
      case QUICK_REFERENCE -> "QR";
      case ESCALATION -> "E";
      case MONITORING -> "M";
    };
  }

  /** Of several lines in one place each has a letter. */
  static String lettered(String place, int index, int of) {
    return of == 1 ? place : place + (char) ('a' + index);
  }

  /** How many letters would have to be changed to make one of the other. */
  static int distance(String one, String other) {
    var before = new int[other.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var now = new int[before.length];
      now[0] = i;
      for (int j = 1; j < now.length; j++) {
        int change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}
