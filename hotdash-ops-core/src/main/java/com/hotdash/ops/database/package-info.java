/**
 * The database as the runbook sees it: what a reader can tell of it, the control that ends
 * sessions, and the resolutions that use the control.
 */
@NullMarked
package com.hotdash.ops.database;

import org.jspecify.annotations.NullMarked;
