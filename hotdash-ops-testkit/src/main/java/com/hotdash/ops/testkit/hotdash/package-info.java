/** HotDash, simulated: machines behind one front door, whose image decides what they answer. */
@NullMarked
package com.hotdash.ops.testkit.hotdash;

import org.jspecify.annotations.NullMarked;
