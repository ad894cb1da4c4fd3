package io.smollama.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way from a bus to its broker, which a test can break and mend. */
final class Way implements AutoCloseable {
  private final ServerSocket door;
  private final int broker;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean broken;

  Way(int broker) throws IOException {
    this.broker = broker;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::receive);
  }

  int port() {
    return door.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "way");
    thread.setDaemon(true);
    thread.start();
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        Socket from = door.accept();
        if (broken) {
          from.close();
          continue;
        }
        Socket to;
        try {
          to = new Socket(InetAddress.getLoopbackAddress(), broker);
        } catch (IOException e) {
          from.close();
          continue;
        }
        open.add(from);
        open.add(to);
        start(() -> carry(from, to));
        start(() -> carry(to, from));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // broken
    }
  }

  /** Nothing passes any more. */
  void cut() {
    broken = true;
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    open.clear();
  }

  void mend() {
    broken = false;
  }

  @Override
  public void close() {
    cut();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
