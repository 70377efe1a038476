/** A vendor's status page, simulated: Statuspage v2, and what stands in its place on a bad day. */
@NullMarked
package com.hotdash.ops.testkit.statuspage;

import org.jspecify.annotations.NullMarked;
