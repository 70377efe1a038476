package com.hotdash.ops.procedure;

/** Numbers of sessions in words that a person reads without stumbling. */
final class Count {
  private Count() {}

  static String sessions(long number) {
    return number == 1 ? "1 session" : number + " sessions";
  }

  static String waiting(long number) {
    return sessions(number) + (number == 1 ? " waits" : " wait");
  }
}
