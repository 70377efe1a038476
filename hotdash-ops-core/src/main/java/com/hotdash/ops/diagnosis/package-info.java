/** What a look comes to: findings, their roll-up, what would help and what would hurt. */
@NullMarked
package com.hotdash.ops.diagnosis;

import org.jspecify.annotations.NullMarked;
