package com.hotdash.ops.postgres;

import com.hotdash.ops.secret.Secret;

/**
 * A configured address, understood or not.
 *
 * @param name the setting that holds it
 * @param url the address
 * @param applications whether the application itself uses it
 */
record PgAddress(String name, Secret url, boolean applications) {}
