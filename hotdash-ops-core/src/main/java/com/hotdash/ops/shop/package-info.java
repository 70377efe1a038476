/** The port to the interface of a shop that the application works on, and what changes there. */
@NullMarked
package com.hotdash.ops.shop;

import org.jspecify.annotations.NullMarked;
