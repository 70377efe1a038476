/** The one look at the world: each reading made once, side by side, under one deadline. */
@NullMarked
package com.hotdash.ops.observation;

import org.jspecify.annotations.NullMarked;
