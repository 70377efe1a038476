/** The text of the Common Incidents Runbook, line by line, and what each line comes to. */
@NullMarked
package com.hotdash.ops.catalogue;

import org.jspecify.annotations.NullMarked;
