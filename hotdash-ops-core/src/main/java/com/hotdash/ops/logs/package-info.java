/** Reads an application's log lines: levels, signatures, slow entries and groups of errors. */
@NullMarked
package com.hotdash.ops.logs;

import org.jspecify.annotations.NullMarked;
