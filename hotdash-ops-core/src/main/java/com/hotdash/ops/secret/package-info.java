/** Credentials that cannot be printed, and the one redactor that all output passes. */
@NullMarked
package com.hotdash.ops.secret;

import org.jspecify.annotations.NullMarked;
