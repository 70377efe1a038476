/**
 * The engine: a change is shown as a plan, approved, made step by step, journalled, verified and,
 * if it can be, taken back. It knows steps as data and the controls that make them, and no port.
 */
@NullMarked
package com.hotdash.ops.resolution;

import org.jspecify.annotations.NullMarked;
