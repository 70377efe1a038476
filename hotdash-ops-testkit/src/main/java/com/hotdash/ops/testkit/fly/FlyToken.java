package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.secret.Secret;

/**
 * A token that the simulator has issued.
 *
 * @param kind what it may do
 * @param app the one app that it is for, or empty for the whole organisation
 * @param owner who holds its leases: an address for a user's token, {@code <uuid>@tokens.fly.io}
 *     for the others
 * @param secret what a person pastes, the scheme word included
 */
public record FlyToken(Kind kind, String app, String owner, Secret secret) {
  /** What a token may do. */
  public enum Kind {
    /** {@code fly tokens create deploy}: one app; metrics are refused. */
    DEPLOY,
    /** {@code fly tokens create org}: everything in the organisation. */
    ORG,
    /** {@code fly tokens create readonly}: reads everything in the organisation. */
    READ_ONLY,
    /** {@code fly tokens create machine-exec}: runs commands in machines of one app. */
    MACHINE_EXEC,
    /** {@code fly auth token}: the person; not a macaroon. */
    USER
  }
}
