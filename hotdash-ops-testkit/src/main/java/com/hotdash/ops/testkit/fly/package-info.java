/**
 * A Fly.io that runs on loopback ports: Machines API, GraphQL, releases, logs, metrics, image
 * registry and incidents over one world of apps, machines, images, secrets and releases.
 */
@NullMarked
package com.hotdash.ops.testkit.fly;

import org.jspecify.annotations.NullMarked;
