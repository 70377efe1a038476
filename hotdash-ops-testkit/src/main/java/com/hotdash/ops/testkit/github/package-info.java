/** GitHub's REST API, simulated: workflows, runs, jobs, logs on another host, issues, limits. */
@NullMarked
package com.hotdash.ops.testkit.github;

import org.jspecify.annotations.NullMarked;
