/** What builds and deploys the application: runs, their jobs and steps, and why one failed. */
@NullMarked
package com.hotdash.ops.pipeline;

import org.jspecify.annotations.NullMarked;
