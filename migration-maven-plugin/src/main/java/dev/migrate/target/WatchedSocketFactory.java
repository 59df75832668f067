package dev.migrate.target;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Socket factory of all connections, whose traffic {@link SilenceWatchdog} watches. Public, with a
 * constructor without parameters, because the driver makes it by its name.
 */
public final class WatchedSocketFactory extends SocketFactory {
  /** Made by the driver. */
  public WatchedSocketFactory() {}

  private static final class Watched extends Socket {
    private InputStream heard;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (heard == null) {
        heard =
            SilenceWatchdog.listenTo(
                super.getInputStream(),
                getInetAddress().getHostAddress() + " at port " + getPort());
      }
      return heard;
    }
  }

  @Override
  public Socket createSocket() {
    return new Watched();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new Watched(), host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, from, fromPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    Socket socket = new Watched();
    socket.bind(new java.net.InetSocketAddress(from, fromPort));
    return connected(socket, host, port);
  }

  private static Socket connected(Socket socket, InetAddress host, int port) throws IOException {
    socket.connect(new java.net.InetSocketAddress(host, port));
    return socket;
  }
}
