/**
 * What the simulated services share: a web server on a loopback port that records what it was
 * asked, and faults to lay on its routes.
 */
@NullMarked
package com.hotdash.ops.testkit.web;

import org.jspecify.annotations.NullMarked;
