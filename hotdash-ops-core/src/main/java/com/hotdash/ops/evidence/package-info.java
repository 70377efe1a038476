/** What was read and what could not be: readings, evidence, verdicts. */
@NullMarked
package com.hotdash.ops.evidence;

import org.jspecify.annotations.NullMarked;
