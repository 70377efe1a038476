/** PostgreSQL, seen from its clients: addresses, errors, and a connection tried in stages. */
@NullMarked
package com.hotdash.ops.postgres;

import org.jspecify.annotations.NullMarked;
