/** What tests and game days need: time that is moved by hand, and below this real servers. */
@NullMarked
package com.hotdash.ops.testkit;

import org.jspecify.annotations.NullMarked;
