package io.smollama.cli;

import io.smollama.core.ClockQuality;
import io.smollama.core.Counted;
import io.smollama.core.ReadingException;
import io.smollama.core.UnsetClock;
import io.smollama.dashboard.DashboardConfig;
import io.smollama.dashboard.SyncServerConfig;
import io.smollama.devices.DiozeroBoard;
import io.smollama.readings.GpioPin;
import io.smollama.sync.ReplicaSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Looks at the machine: Java, disk, clock, pins, ports. Immutable. */
record MachineChecks(NodeConfig config, StateFolder state, InstantSource time) {
  private static final int LEAST_JAVA = 17;
  private static final long MEGABYTE = 1_000_000;

  /** This program is younger; a clock that says otherwise is wrong. */
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");

  /** The machines that SQLite and the embedding model bring native code for. */
  private static final String SUPPORTED = "Use a system of 64 bits (aarch64 or x86-64)";

  Check java() {
    int feature = Runtime.version().feature();
    String words =
        "%s (%s) on %s, at most %s of memory"
            .formatted(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("os.arch"),
                ByteSize.of(Runtime.getRuntime().maxMemory()));
    return feature >= LEAST_JAVA
        ? Check.ok("java", words)
        : Check.missing(
            "java", words, "Install 17 or newer: sudo apt install openjdk-17-jre-headless");
  }

  Check stateFolder() {
    try {
      state.prepare();
      long free = Files.getFileStore(state.path()).getUsableSpace();
      long wanted = config.memory().minFreeMegabytes() * MEGABYTE;
      String words = "%s, %s free".formatted(state.path(), ByteSize.of(free));
      return free >= wanted
          ? Check.ok("state folder", words)
          : Check.warning(
              "state folder",
              words + ", less than memory.min_free_megabytes",
              "Make room: until then only one reading of each source is kept every five minutes");
    } catch (UserError e) {
      int end = e.getMessage().lastIndexOf(". ");
      return Check.missing(
          "state folder", e.getMessage().substring(0, end), e.getMessage().substring(end + 2));
    } catch (IOException e) {
      return Check.warning(
          "state folder",
          "%s: how much room there is cannot be read (%s)".formatted(state.path(), e.getMessage()),
          "Look at the disk");
    }
  }

  /** Who has the state folder. Nobody and a node that runs are both well. */
  Check node() {
    Optional<NodeFile> running = running();
    if (running.isPresent()) {
      return Check.ok(
          "node",
          "runs at %s, process %d, and has the state folder"
              .formatted(running.get().address(), running.get().pid()));
    }
    Optional<EdgeFile> edge = EdgeFile.running(state);
    if (edge.isPresent()) {
      return Check.ok(
          "node",
          "an edge node runs, process %d, and has the state folder".formatted(edge.get().pid()));
    }
    if (!Files.isDirectory(state.path())) {
      return Check.ok("node", "none runs here");
    }
    Optional<NodeLock> lock = NodeLock.tryTake(state.lock());
    lock.ifPresent(NodeLock::close);
    return lock.isPresent()
        ? Check.ok("node", "none runs here; 'smollama run' starts one")
        : Check.warning(
            "node",
            "another smollama command, or a node that is starting, has the state folder",
            "Try again when it has ended");
  }

  private Optional<NodeFile> running() {
    return NodeFile.read(state.nodeFile())
        .filter(node -> ProcessHandle.of(node.pid()).map(ProcessHandle::isAlive).orElse(false));
  }

  Check sqlite() {
    try {
      state.prepare();
      Natives.prepare(state);
      try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
          Statement statement = memory.createStatement()) {
        statement.executeUpdate("CREATE VIRTUAL TABLE words USING fts5(text)");
        try (ResultSet version = statement.executeQuery("SELECT sqlite_version()")) {
          return Check.ok("sqlite", "SQLite " + version.getString(1) + ", with search by words");
        }
      }
    } catch (SQLException | LinkageError e) {
      return Check.missing(
          "sqlite",
          "its native library cannot be used (%s)".formatted(e.getMessage()),
          SUPPORTED + ", and mount the state folder without noexec");
    } catch (UserError e) {
      return Check.warning(
          "sqlite", "not looked at: the state folder cannot be written", "Mend that first");
    }
  }

  Check clock() {
    Instant now = time.instant();
    if (UnsetClock.gave(now) || now.isBefore(WRITTEN)) {
      return Check.warning(
          "clock",
          "it says " + PersonsTime.shown(now, ZoneId.systemDefault()) + ", which is past",
          "Let the network set it ('timedatectl set-ntp true'), or use a battery-backed one; until then"
              + " times are worked out later");
    }
    ClockQuality quality = ReplicaSetup.ofThisMachine(config.node().name()).clockQuality().get();
    return Check.ok(
        "clock",
        "%s, %s"
            .formatted(
                PersonsTime.shown(now, ZoneId.systemDefault()),
                quality.isSynchronised() ? "synchronised" : "not known to be synchronised"));
  }

  Check gpio() {
    List<GpioPin> pins = config.gpio().pins();
    if (config.gpio().mock()) {
      return Check.ok("gpio", "simulated, as gpio.mock says");
    } else if (pins.isEmpty()) {
      return Check.ok("gpio", "no pins are configured; simulated ones show how it looks");
    }
    List<Integer> free = // those of a node that runs are not
        running().isPresent() ? List.of() : pins.stream().map(GpioPin::pin).toList();
    try (DiozeroBoard board = DiozeroBoard.of(config.gpio().chip(), System::nanoTime)) {
      return Check.ok("gpio", "%s, %d pins in use".formatted(board.look(free), pins.size()));
    } catch (ReadingException e) {
      int end = e.getMessage().lastIndexOf(". ");
      return Check.warning(
          "gpio", e.getMessage().substring(0, end), e.getMessage().substring(end + 2));
    }
  }

  /** Reading them takes what a running node may have. */
  Check devices() {
    int devices = config.devices().devices().size();
    return Check.ok(
        "devices",
        devices == 0
            ? "none are configured"
            : "%s; 'smollama readings --check' says whether each answers"
                .formatted(Counted.of(devices, "device")));
  }

  Check webPage() {
    DashboardConfig page = config.dashboard();
    if (!page.enabled()) {
      return Check.ok("web page", "switched off");
    }
    boolean ours = running().filter(node -> node.address().getPort() == page.port()).isPresent();
    return port(
        "web page",
        page.host(),
        page.port(),
        ours,
        "name another port (smollama run --port 8081, dashboard.port), or switch the page off"
            + " (dashboard.enabled: false)");
  }

  /** Where nodes come to, if this is a Llama server. */
  Check portForNodes() {
    if (config.node().role() != NodeConfig.Role.LLAMA) {
      return Check.ok("for nodes", "this is no Llama server, so no nodes come to it");
    }
    SyncServerConfig server = config.sync().server();
    return port(
        "for nodes",
        server.host(),
        server.port(),
        running().isPresent(),
        "name another (smollama llama --listen HOST:PORT, sync.server.port)");
  }

  private static Check port(String name, String host, int port, boolean ours, String fix) {
    String address = "%s:%d".formatted(host, port);
    if (ours) {
      return Check.ok(name, address + ", of the node that runs");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Check.ok(name, address + " is free");
    } catch (IOException e) {
      return Check.missing(
          name,
          "%s cannot be used (%s)".formatted(address, e.getMessage()),
          "Another program has it: end that, or " + fix);
    }
  }
}
