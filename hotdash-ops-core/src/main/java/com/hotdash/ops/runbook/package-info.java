/** The facade: the runbook's incidents, configured once, as methods. */
@NullMarked
package com.hotdash.ops.runbook;

import org.jspecify.annotations.NullMarked;
