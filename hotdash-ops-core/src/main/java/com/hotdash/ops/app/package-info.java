/** The application itself, machine by machine: its health, its certificate, its metrics. */
@NullMarked
package com.hotdash.ops.app;

import org.jspecify.annotations.NullMarked;
