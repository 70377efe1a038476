/** Clock, ticker, sleeper and deadline: time comes from outside, and every wait has an end. */
@NullMarked
package com.hotdash.ops.time;

import org.jspecify.annotations.NullMarked;
