package io.smollama.sync;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As little of an HTTP client as a benchmark needs: it must not be what is measured. */
final class FleetConnection implements Closeable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;
  private final Socket socket;
  private final InputStream in;

  FleetConnection(int port) throws IOException {
    this.port = port;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** An answer of a server. */
  record Answer(int status, byte[] body) {}

  /** A whole request of an exchange, ready to be sent. */
  byte[] request(String token, byte[] packed) {
    String head =
        """
        POST /api/sync/v2/push HTTP/1.1
        Host: 127.0.0.1:%d
        Authorization: Bearer %s
        Content-Type: %s
        Content-Encoding: gzip
        Accept-Encoding: gzip
        Content-Length: %d

        """
            .formatted(port, token, SyncWire.MEDIA_TYPE, packed.length)
            .replace("\n", "\r\n");
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[first.length + packed.length];
    System.arraycopy(first, 0, request, 0, first.length);
    System.arraycopy(packed, 0, request, first.length, packed.length);
    return request;
  }

  Answer ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(line().split(" ")[1]);
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    return new Answer(status, in.readNBytes(length));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server hung up");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
