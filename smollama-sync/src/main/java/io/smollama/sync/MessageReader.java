package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads messages as {@code docs/sync-protocol.md} says. One thread at a time. */
final class MessageReader {
  private static final int MOST_PARTS = 16;
  private static final int LONGEST_NAME = 200;
  private static final int HIGHEST_VERSION = 1_000_000;

  private final MessageLines lines;
  private final List<SyncMessage> parts = new ArrayList<>();
  private int entries;

  MessageReader(byte[] bytes) {
    this.lines = new MessageLines(bytes);
  }

  List<SyncMessage> read() {
    MessageFields line = lines.next();
    while (!line.has("end")) {
      try {
        read(line);
      } catch (IllegalArgumentException e) {
        throw line.fault(String.valueOf(e.getMessage()));
      }
      if (parts.size() > MOST_PARTS) {
        throw line.fault("a message has at most " + MOST_PARTS + " parts");
      }
      line = lines.next();
    }
    lines.requireEnd(line.in("end").text("crc32"));
    return parts;
  }

  /** A part that a later version knows is one line, and passed over. */
  private void read(MessageFields line) {
    if (line.has("hello")) {
      parts.add(hello(line.in("hello")));
    } else if (line.has("push")) {
      parts.add(new Push(runs(line.in("push"))));
    } else if (line.has("pull")) {
      parts.add(pull(line.in("pull")));
    } else if (line.has("helloReply")) {
      parts.add(helloReply(line.in("helloReply")));
    } else if (line.has("pushReply")) {
      MessageFields reply = line.in("pushReply");
      List<Verdict> verdicts = reply.list("verdicts").stream().map(VerdictJson::read).toList();
      parts.add(new PushReply(verdicts, FrontierJson.read(reply.in("held"))));
    } else if (line.has("pullReply")) {
      MessageFields reply = line.in("pullReply");
      Frontier doubts = FrontierJson.read(reply.in("doubts"));
      Optional<ChainId> next = chain(reply, "next");
      parts.add(new PullReply(runs(reply), reply.number("left", 0), doubts, next));
    } else if (line.has("run") || line.has("id")) {
      throw line.fault("a run or an entry is more than was announced");
    }
  }

  private static Hello hello(MessageFields json) {
    String name = json.text("name");
    if (name.length() > LONGEST_NAME) {
      throw json.fault("'name' has at most " + LONGEST_NAME + " characters");
    }
    return new Hello(
        new TreeSet<>(json.numbers("versions", HIGHEST_VERSION)),
        new ReplicaId(json.text("replica")),
        name,
        FrontierJson.read(json.in("frontier")),
        json.instant("time"));
  }

  private static HelloReply helloReply(MessageFields json) {
    String status = json.text("status");
    PeerStatus known =
        List.of(PeerStatus.values()).stream()
            .filter(s -> s.name().equals(status))
            .findFirst()
            .orElseThrow(
                () -> json.fault("'status' is not one of this version, was '" + status + "'"));
    return new HelloReply(
        json.number("version", 0, HIGHEST_VERSION),
        json.instant("time"),
        FrontierJson.read(json.in("held")),
        known,
        json.number("credit", 0));
  }

  /** What was said in the hello of the same message is not said again. */
  private Pull pull(MessageFields json) {
    Optional<Frontier> said =
        parts.stream()
            .filter(Hello.class::isInstance)
            .map(hello -> ((Hello) hello).frontier())
            .reduce((first, last) -> last);
    Frontier frontier =
        said.isPresent() && !json.has("frontier")
            ? said.get()
            : FrontierJson.read(json.in("frontier"));
    SortedMap<ChainId, SortedSet<Point>> samples =
        json.has("samples")
            ? FrontierJson.readSamples(json.in("samples"))
            : Collections.emptySortedMap();
    long most = Math.min(Limits.MESSAGE_BYTES, json.number("maxBytes", 1));
    Set<Integer> streams = Set.copyOf(json.numbers("streams", 255));
    ChainRange range = new ChainRange(chain(json, "from"), chain(json, "to"));
    return new Pull(frontier, samples, json.origins("origins"), streams, range, (int) most);
  }

  private static Optional<ChainId> chain(MessageFields json, String name) {
    return json.has(name)
        ? Optional.of(FrontierJson.chain(json.text(name), json))
        : Optional.empty();
  }

  private List<Run> runs(MessageFields part) {
    int announced = part.number("runs", 0, Limits.MESSAGE_ENTRIES);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < announced; i++) {
      runs.add(run());
    }
    return runs;
  }

  private Run run() {
    MessageFields line = lines.next();
    MessageFields json = line.in("run");
    ChainId chain = chain(json);
    int announced = json.number("entries", 1, Limits.MESSAGE_ENTRIES);
    entries += announced;
    if (entries > Limits.MESSAGE_ENTRIES) {
      throw json.fault("a message has at most " + Limits.MESSAGE_ENTRIES + " entries");
    }
    List<Entry> sound = new ArrayList<>();
    boolean damaged = false;
    for (int i = 0; i < announced; i++) {
      if (damaged) {
        EntryJson.skip(lines);
      } else {
        damaged = !read(chain, sound);
      }
    }
    return new Run(chain, sound, damaged);
  }

  private static ChainId chain(MessageFields json) {
    try {
      return new ChainId(new ReplicaId(json.text("origin")), json.number("stream", 0, 255));
    } catch (IllegalArgumentException e) {
      throw json.fault(String.valueOf(e.getMessage()));
    }
  }

  private boolean read(ChainId chain, List<Entry> sound) {
    Optional<Entry> before =
        sound.isEmpty() ? Optional.empty() : Optional.of(sound.get(sound.size() - 1));
    try {
      return sound.add(EntryJson.read(lines, chain, before));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
