/** What a host application would write around the runbook: to be copied and changed. */
@NullMarked
package com.hotdash.ops.examples.host;

import org.jspecify.annotations.NullMarked;
