/** The command line: the runbook for CI steps, programs in other languages and on-call machines. */
@NullMarked
package com.hotdash.ops.examples.cli;

import org.jspecify.annotations.NullMarked;
