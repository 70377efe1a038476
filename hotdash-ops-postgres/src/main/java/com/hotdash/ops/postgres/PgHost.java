package com.hotdash.ops.postgres;

/**
 * Where a server listens.
 *
 * @param name a host's name or address, an IPv6 address without brackets, or the directory of a
 *     Unix socket
 * @param port the TCP port, 1 to 65535
 */
public record PgHost(String name, int port) {
  /** The port that is meant when none is given. */
  public static final int DEFAULT_PORT = 5432;

  /** Checks the port. */
  public PgHost {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port lies between 1 and 65535");
    }
  }

  /**
   * Returns whether this is a Unix socket, which the JDBC driver cannot open by itself.
   *
   * @return true for a socket directory
   */
  public boolean unixSocket() {
    return name.startsWith("/") || name.startsWith("@");
  }

  @Override
  public String toString() {
    return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
