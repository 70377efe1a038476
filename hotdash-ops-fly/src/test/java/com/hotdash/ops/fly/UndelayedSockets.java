package com.hotdash.ops.fly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/** Sends heads and bodies at once: held back until acknowledged, each answer takes 40 ms longer. */
final class UndelayedSockets extends ServerSocketFactory {
  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        var socket = super.accept();
        socket.setTcpNoDelay(true);
        return socket;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    throw new IOException("bound by the caller");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    throw new IOException("bound by the caller");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    throw new IOException("bound by the caller");
  }
}
