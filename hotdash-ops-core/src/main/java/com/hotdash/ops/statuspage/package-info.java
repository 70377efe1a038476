/** What the status pages of vendors say: weak evidence, since they lag the trouble. */
@NullMarked
package com.hotdash.ops.statuspage;

import org.jspecify.annotations.NullMarked;
