package com.hotdash.ops.testkit.fly;

/** The hosts that one incident needs. Each is a server of its own, on a port of its own. */
public enum FlyHost {
  /**
   * {@code api.machines.dev}: apps, machines, leases, secrets, tokens; paths begin with {@code
   * /v1}.
   */
  MACHINES,
  /**
   * {@code api.fly.io}: {@code /graphql}, releases and logs under {@code /api/v1}, metrics under
   * {@code /prometheus/{org}}.
   */
  WEB,
  /** {@code registry.fly.io}: images, under {@code /v2}. */
  REGISTRY,
  /** {@code incidents.flyio.net}: {@code /v1/incidents}. */
  INCIDENTS
}
