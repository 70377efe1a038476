package com.hotdash.ops.testkit.postgres;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * A loopback port in front of a test server, which can be slow, silent or cut off, as a network or
 * a pooler can. It reads the protocol along the way, so a failure can be put on one particular
 * statement: run a task once to count its {@link #statements}, then let each fail in turn.
 *
 * <p>Serves 64 connections at a time, without encryption. Thread-safe; threads are daemons.
 */
public final class PgProxy implements AutoCloseable {
  private final PgServer target;
  private final ProxyControl control = new ProxyControl();
  private final LoopbackServer server;

  /** How a statement fails. */
  public enum Failure {
    /** It never reaches the server, and nothing comes back on any connection any more. */
    SILENCE,
    /** It never reaches the server: its connection is cut. */
    CUT,
    /** The server runs it, and the connection is cut before the answer gets through. */
    LOSE_ANSWER
  }

  private PgProxy(PgServer target) {
    this.target = target;
    this.server = LoopbackServer.start("testkit-proxy", this::serve);
  }

  /**
   * Opens a port in front of a server.
   *
   * @param target the server
   * @return the proxy, which lets everything through
   */
  public static PgProxy start(PgServer target) {
    return new PgProxy(target);
  }

  /**
   * Returns the address to connect to.
   *
   * @return {@code 127.0.0.1}
   */
  public String host() {
    return LoopbackServer.HOST;
  }

  /**
   * Returns the port to connect to.
   *
   * @return the port
   */
  public int port() {
    return server.port();
  }

  /**
   * Returns the address with which a role logs in through the proxy.
   *
   * @param role a role of the server behind it
   * @return a {@code postgres://} URL that holds the password
   */
  public String url(PgRole role) {
    var direct = URI.create(role.url());
    return "postgres://"
        + direct.getRawUserInfo()
        + "@"
        + host()
        + ":"
        + port()
        + direct.getRawPath();
  }

  /**
   * Makes the way back slow.
   *
   * @param latency how long each piece of an answer is held, zero for not at all
   * @throws IllegalArgumentException if {@code latency} is negative
   */
  public void latency(Duration latency) {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency must not be negative, not " + latency);
    }
    control.latency(latency);
  }

  /** Holds everything back in both directions from now on; connections stay open. */
  public void silence() {
    control.silenceAfter(0);
  }

  /**
   * Lets some more bytes of answers through, over all connections, and holds everything back then.
   *
   * @param bytes how many, 0 or more
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public void silenceAfter(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative, not " + bytes);
    }
    control.silenceAfter(bytes);
  }

  /**
   * Lets one statement fail, counted over all connections from now. A statement is one round trip,
   * as the driver sends it: with autocommit off, the {@code BEGIN} before it belongs to it.
   *
   * @param statement which one; 1 is the next
   * @param failure how
   * @throws IllegalArgumentException if {@code statement} is less than 1
   */
  public void failStatement(int statement, Failure failure) {
    if (statement < 1) {
      throw new IllegalArgumentException("the next statement is 1, not " + statement);
    }
    control.failStatement(statement, failure);
  }

  /** Lets everything through again, held bytes first, and forgets failures to come. */
  public void resume() {
    control.resume();
  }

  /** Cuts all connections. New ones are served. */
  public void cut() {
    server.cut();
    control.wake();
  }

  /**
   * Returns how many connections there have been, requests to cancel a statement included.
   *
   * @return the count
   */
  public long connections() {
    return server.connections();
  }

  /**
   * Returns how many connections are open now.
   *
   * @return the count
   */
  public int openConnections() {
    return server.open();
  }

  /**
   * Returns how many statements clients have sent; logging in is none.
   *
   * @return the count
   */
  public long statements() {
    return control.statements();
  }

  /** Closes the port and cuts all connections. */
  @Override
  public void close() {
    server.close();
    control.wake();
  }

  private void serve(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    try (var upstream = new Socket(LoopbackServer.address(), target.port())) {
      upstream.setTcpNoDelay(true);
      var link = new ProxyLink(client, upstream, control);
      LoopbackServer.daemon(Thread.currentThread().getName() + "-back", link::answers).start();
      link.requests();
    } finally {
      LoopbackServer.closeQuietly(client);
      control.wake();
    }
  }
}
