/** Workflow runs and why they failed, guarded changes to them, and issues as alerts. */
@NullMarked
package com.hotdash.ops.github;

import org.jspecify.annotations.NullMarked;
