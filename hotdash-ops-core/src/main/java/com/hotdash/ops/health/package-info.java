/** What a health endpoint says: by its code, by its body, and by how it was reached. */
@NullMarked
package com.hotdash.ops.health;

import org.jspecify.annotations.NullMarked;
