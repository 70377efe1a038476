/** The one tree of exceptions: what was tried, what came back, what to do next. */
@NullMarked
package com.hotdash.ops.error;

import org.jspecify.annotations.NullMarked;
