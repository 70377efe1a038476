/** One class per incident: a pure function from an observation to a diagnosis. */
@NullMarked
package com.hotdash.ops.procedure;

import org.jspecify.annotations.NullMarked;
