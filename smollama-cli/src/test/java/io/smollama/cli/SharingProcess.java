package io.smollama.cli;

import io.smollama.dashboard.SyncDesk;
import io.smollama.memory.NewMemory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Llama server, or a node that tells facts and shares them, until somebody kills the process. It
 * prints a line for whatever was promised: {@code told N} when this node has a fact, {@code met N}
 * when the server has all facts up to it.
 */
final class SharingProcess {
  static final String AT = "at ";
  static final String TOLD = "told ";
  static final String MET = "met ";

  private SharingProcess() {}

  /**
   * Arguments: {@code server} and its folder, or {@code node}, its folder, its name, the server's
   * address, the number of its first fact and of its last one.
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments[0].equals("server")) {
      try (SharingNode llama = SharingNode.llama(Path.of(arguments[1]), 0)) {
        out.println(AT + llama.forNodes());
        System.in.read(); // until it is killed, or who started it has gone
      }
    } else if (arguments[0].equals("node")) {
      node(arguments, out);
    } else {
      toTheEnd(Path.of(arguments[1]), out);
    }
    System.exit(0);
  }

  static String fact(String node, int number) {
    return "Shelf %d of %s holds box %d".formatted(number % 7, node, number);
  }

  private static void node(String[] arguments, PrintStream out) {
    Path home = Path.of(arguments[1]);
    String name = arguments[2];
    try (Parts parts = SharingNode.parts(home, name, "sync.llama_url=" + arguments[3])) {
      parts.sync().start(parts.memory());
      AtomicInteger told = new AtomicInteger(Integer.parseInt(arguments[4]) - 1);
      Thread meeting = new Thread(() -> meet(parts.syncDesk(), told, out), "meeting");
      meeting.setDaemon(true);
      meeting.start();
      for (int i = told.get() + 1; i <= Integer.parseInt(arguments[5]); i++) {
        parts.memory().remember(NewMemory.of(fact(name, i)));
        told.set(i);
        out.println(TOLD + i);
      }
      meeting.interrupt();
    }
  }

  /** One meeting after the other: each takes to the server at least what was told before it. */
  private static void meet(SyncDesk desk, AtomicInteger told, PrintStream out) {
    while (!Thread.currentThread().isInterrupted()) {
      int before = told.get();
      try {
        SyncMeeting.ended(desk.now(), desk::status, now -> {});
        out.println(MET + before);
      } catch (UserError e) {
        out.println("not met: " + e.getMessage());
      }
    }
  }

  private static void toTheEnd(Path folder, PrintStream out) {
    try (SharingNode llama = SharingNode.llama(folder.resolve("server"), 0)) {
      String address = llama.forNodes().toString();
      String[] node = {"node", folder.resolve("node").toString(), "node", address, "1", "5"};
      node(node, out);
    }
  }
}
