package com.hotdash.ops.database;

/** The stages of a connection, in order. */
public enum Stage {
  /** Understanding the address. */
  PARSE,
  /** Looking up the host's name. */
  RESOLVE,
  /** Opening the TCP connection. */
  TCP,
  /** Agreeing on encryption. */
  TLS,
  /** Logging in. */
  LOGIN,
  /** Answering a first statement. */
  QUERY
}
