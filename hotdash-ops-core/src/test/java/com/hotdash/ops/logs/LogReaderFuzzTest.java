package com.hotdash.ops.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Bytes that nobody would log. In the ordinary build the inputs beside this class are replayed;
 * CONTRIBUTING tells how to search for more.
 */
class LogReaderFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void read_anyBytes_keepsTheInvariants(byte[] input) {
    LogInvariants.check(input);
  }
}
