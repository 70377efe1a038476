package com.hotdash.ops.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class BadPeerTest {
  private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

  @Test
  void silent_login_timesOutReading() {
    try (var peer = BadPeer.silent()) {
      assertLogin(peer, 2).rootCause().isInstanceOf(SocketTimeoutException.class);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void closing_login_meetsTheEnd() {
    try (var peer = BadPeer.closing()) {
      assertLogin(peer, 2).rootCause().isInstanceOf(EOFException.class);
    }
  }

  @Test
  void http_login_isAProtocolError() {
    try (var peer = BadPeer.http()) {
      assertLogin(peer, 2).extracting("SQLState").isEqualTo("08P01");
    }
  }

  @Test
  void garbage_login_isAProtocolError() {
    try (var peer = BadPeer.garbage()) {
      assertLogin(peer, 2).extracting("SQLState").isEqualTo("08P01");
    }
  }

  @Test
  void silentAfterSslRequest_declinesThenNothing() throws Exception {
    try (var peer = BadPeer.silentAfterSslRequest();
        var client = new Socket(LoopbackServer.address(), peer.port())) {
      client.setSoTimeout(100);

      client.getOutputStream().write(SSL_REQUEST);

      assertThat(client.getInputStream().read()).isEqualTo('N');
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void trickle_login_onlyALimitOnTheWholeEndsIt() {
    try (var peer = BadPeer.trickle()) {
      assertLogin(peer, 1).hasMessageContaining("Connection attempt timed out");
    }
  }

  @Test
  void fullBacklog_connect_timesOut() throws Exception {
    try (var peer = FullBacklog.start();
        var socket = new Socket()) {
      var address = new InetSocketAddress(LoopbackServer.address(), peer.port());

      assertThatThrownBy(() -> socket.connect(address, 200))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void close_endsConnectionsThreadsAndPort() throws Exception {
    // Another process may be given a port that was just left, but hardly three times.
    boolean refused = false;
    for (int tried = 0; !refused && tried < 3; tried++) {
      refused = refusesOnceClosed();
    }
    assertThat(refused).isTrue();
    Await.until("the end of its threads", () -> Threads.ofTheKit().isEmpty());
  }

  private static boolean refusesOnceClosed() throws IOException {
    var peer = BadPeer.silent();
    var port = peer.port();
    try (var client = new Socket(LoopbackServer.address(), port)) {
      Await.until("the connection", () -> peer.connections() == 1);

      peer.close();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    try (var another = new Socket(LoopbackServer.address(), port)) {
      return !another.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertLogin(
      BadPeer peer, int loginSeconds) {
    var properties = new Properties();
    properties.setProperty("user", "hotdash_app");
    properties.setProperty("password", "unused");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    // The driver counts both in whole seconds, and the second one bounds the whole login.
    properties.setProperty("socketTimeout", "1");
    properties.setProperty("loginTimeout", Integer.toString(loginSeconds));
    var url = "jdbc:postgresql://" + peer.host() + ":" + peer.port() + "/hotdash";
    return assertThatThrownBy(() -> DriverManager.getConnection(url, properties).close())
        .isInstanceOf(SQLException.class);
  }
}
