package com.hotdash.ops.logs;

/** In which form a message was written. */
enum Shape {
  JSON,
  LOGFMT,
  REQUEST,
  COMBINED,
  PLAIN
}
