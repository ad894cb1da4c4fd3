package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real Mosquitto of a test's own, on loopback, that can be stopped and started again and keeps
 * sessions.
 */
final class TestBroker implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path folder;
  private final Path program;
  private final int port;
  private Process process;

  private TestBroker(Path folder, Path program, int port) {
    this.folder = folder;
    this.program = program;
    this.port = port;
  }

  /** One that does not run yet; the test is skipped where none is installed. */
  static TestBroker in(Path folder) throws IOException {
    Optional<Path> program =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(":")),
                Stream.of("/usr/sbin", "/usr/local/sbin"))
            .map(place -> Path.of(place, "mosquitto"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no mosquitto is installed (Debian: apt install mosquitto)");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new TestBroker(folder, program.get(), free.getLocalPort());
    }
  }

  TestBroker start() throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    String user = System.getProperty("user.name");
    Files.writeString(
        config,
        "listener %d 127.0.0.1\nuser %s\nallow_anonymous true\npersistence true\npersistence_location %s/\n"
            .formatted(port, user, folder));
    process =
        new ProcessBuilder(program.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
            .start();
    long start = System.nanoTime();
    while (!answers()) {
      assertThat(process.isAlive()).as("the broker runs").isTrue();
      assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
      LockSupport.parkNanos(5_000_000);
    }
    return this;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  String address() {
    return "tcp://127.0.0.1:" + port;
  }

  void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
