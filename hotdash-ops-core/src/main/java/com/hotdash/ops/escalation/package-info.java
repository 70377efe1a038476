/** Telling people: alerts, the places they are delivered to, and what became of each delivery. */
@NullMarked
package com.hotdash.ops.escalation;

import org.jspecify.annotations.NullMarked;
