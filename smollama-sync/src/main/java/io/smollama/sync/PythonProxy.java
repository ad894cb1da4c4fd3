package io.smollama.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes what a node with Smollama for Python says under an origin that stands for it. That origin
 * follows from who the server is and what the device is called, so that nothing needs to be
 * remembered: a server that begins a new incarnation gets new ones, and so does a chain that was
 * forked. Immutable.
 *
 * @param device what the server calls the node
 * @param node what the node calls itself
 */
record PythonProxy(String device, String node) {
  private static final int HEX = 32;
  private static final List<Integer> STREAMS =
      List.of(ChainId.CONTROL, ChainId.KNOWLEDGE, ChainId.READINGS);

  /** The origin that stands for a device now. */
  static ReplicaId origin(Replica server, ReplicaId writer, String device) {
    return IntStream.iterate(0, generation -> generation + 1)
        .mapToObj(generation -> origin(writer, device, generation))
        .filter(origin -> STREAMS.stream().noneMatch(s -> state(server, origin, s).isForked()))
        .findFirst()
        .orElseThrow();
  }

  private static ReplicaId origin(ReplicaId writer, String device, int generation) {
    String name = "smollama.python-node\n%s\n%s\n%d".formatted(writer.hex(), device, generation);
    return new ReplicaId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, HEX));
  }

  private static ChainState state(Replica server, ReplicaId origin, int stream) {
    return server.map(new ChainId(origin, stream)).state();
  }

  /** Writes them all in one commit, the first time with a first entry that says whose they are. */
  List<Entry> append(Replica server, List<Draft> drafts, Stamp now) {
    server.succeedIfDue(now);
    return Minting.entries(server.commit(self -> appending(server, self, drafts, now)));
  }

  private Change appending(Replica server, Self self, List<Draft> drafts, Stamp now) {
    ReplicaId origin = origin(server, self.origin(), device);
    List<Draft> all = new ArrayList<>(drafts);
    if (state(server, origin, ChainId.CONTROL).highest() == 0) {
      all.add(0, genesis(self.origin()));
    }
    return Minting.appending(server, self, origin, all, now);
  }

  private Draft genesis(ReplicaId server) {
    return Draft.of(
        ChainId.CONTROL,
        Genesis.TYPE,
        JsonNodeFactory.instance
            .objectNode()
            .put("node", node)
            .put("incarnation", 1)
            .put("reason", "python-node")
            .put("device", device)
            .put("server", server.hex())
            .toString());
  }
}
