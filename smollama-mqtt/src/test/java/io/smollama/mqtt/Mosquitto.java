package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real broker of a test's own, on loopback, that can be killed and started again. */
final class Mosquitto implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path folder;
  private final int port;
  private final List<String> settings;
  private Process process;

  private Mosquitto(Path folder, int port, List<String> settings) {
    this.folder = folder;
    this.port = port;
    this.settings = settings;
  }

  /** One that does not run yet; the test is skipped where none is installed. */
  static Mosquitto in(Path folder, String... settings) throws IOException {
    assumeTrue(program() != null, "no mosquitto is installed (Debian: apt install mosquitto)");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Mosquitto(folder, free.getLocalPort(), List.of(settings));
    }
  }

  private static Path program() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  Mosquitto start() throws IOException {
    Path config = folder.resolve("mosquitto-" + port + ".conf");
    String user = System.getProperty("user.name");
    String anonymous =
        settings.stream().anyMatch(line -> line.startsWith("allow_anonymous"))
            ? ""
            : "allow_anonymous true\n";
    Files.writeString(
        config,
        "listener %d 127.0.0.1\nuser %s\n%s%s\n"
            .formatted(port, user, anonymous, String.join("\n", settings)));
    process =
        new ProcessBuilder(program().toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(port + ".log").toFile()))
            .start();
    long start = System.nanoTime();
    while (!answers()) {
      assertThat(process.isAlive()).as("the broker runs: %s", log()).isTrue();
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

  private String log() throws IOException {
    return Files.readString(folder.resolve(port + ".log"));
  }

  int port() {
    return port;
  }

  MqttConfig config() {
    return MqttConfig.defaults().to("tcp://127.0.0.1:" + port);
  }

  /** Ends it as a reboot does. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
