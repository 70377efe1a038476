/**
 * The small kit through which every client speaks HTTP: deadlines that hold, reads that are tried
 * again, writes that never are unless they provably did not happen, bounded bodies, and errors that
 * say what to do next.
 */
@NullMarked
package com.hotdash.ops.http;

import org.jspecify.annotations.NullMarked;
