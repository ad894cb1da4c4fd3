package io.smollama.sync;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link FleetServer} in a process of its own, with the options of the system property {@code
 * fleet.server}. One thread at a time.
 */
final class FleetProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final int port;

  private FleetProcess(Process process, BufferedReader said, int port) {
    this.process = process;
    this.said = said;
    this.port = port;
  }

  /** Starts it; returns when it answers. */
  static FleetProcess start(Path folder, int devices, String database) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(System.getProperty("fleet.server", "-Xmx1g").split(" ")));
    command.addAll(List.of(FleetServer.class.getName(), folder.toString()));
    command.addAll(List.of(Integer.toString(devices), database));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader();
    String line = said.readLine();
    if (line == null) {
      throw new IOException("The server ended");
    }
    return new FleetProcess(process, said, Integer.parseInt(line.split(" ")[1]));
  }

  int port() {
    return port;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Its CPU time in ns, the time it spent collecting garbage in ms, the heap in use in bytes. */
  List<Long> spent() throws IOException {
    try (var in = address().resolve("/spent").toURL().openStream()) {
      String numbers = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return Arrays.stream(numbers.split(" ")).map(Long::valueOf).toList();
    }
  }

  /** Ends it; all is on the disk then. */
  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    process.onExit().join();
    said.close();
  }
}
