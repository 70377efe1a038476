/**
 * A typed client for Fly.io: {@link com.hotdash.ops.fly.FlyClient} holds the credentials, {@link
 * com.hotdash.ops.fly.FlyApp} the verbs for one app.
 */
@NullMarked
package com.hotdash.ops.fly;

import org.jspecify.annotations.NullMarked;
