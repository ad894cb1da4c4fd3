package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A device of a fleet that keeps nothing but where its chains end: what it writes follows from its
 * number, so that anybody can tell what a log should hold. One thread at a time.
 */
final class FleetDevice {
  static final List<Integer> STREAMS =
      List.of(ChainId.CONTROL, ChainId.KNOWLEDGE, ChainId.READINGS);

  /** What it writes between two exchanges: something that it noticed, and readings. */
  private static final List<Integer> NEWS = List.of(ChainId.KNOWLEDGE, ChainId.READINGS);

  private static final long START = 1_772_366_400_000L;

  private final int number;
  private final ReplicaId origin;
  private final Point[] heads = new Point[STREAMS.size()];

  /** A device that has written the first entry of each of its chains. */
  FleetDevice(int number) {
    SplittableRandom random = new SplittableRandom(number);
    this.number = number;
    this.origin = new ReplicaId("%016x%016x".formatted(random.nextLong(), random.nextLong()));
    STREAMS.forEach(stream -> heads[stream] = Points.of(entry(stream, Point.START)));
  }

  String name() {
    return "device-" + number;
  }

  /** Its first entries. */
  List<Run> first() {
    return STREAMS.stream().map(stream -> Run.of(List.of(entry(stream, Point.START)))).toList();
  }

  /** An exchange in one round trip: what it holds, what is new, what it would take. */
  List<SyncMessage> news() {
    TreeMap<ChainId, Tips> tips = new TreeMap<>();
    STREAMS.forEach(stream -> tips.put(chain(stream), new Tips(0, List.of(heads[stream]))));
    List<Run> runs = new ArrayList<>();
    for (int stream : NEWS) {
      Entry next = entry(stream, heads[stream]);
      tips.put(chain(stream), new Tips(0, List.of(Points.of(next))));
      runs.add(Run.of(List.of(next)));
    }
    Frontier frontier = new Frontier(tips);
    Hello hello =
        new Hello(
            new TreeSet<>(Set.of(SyncMessage.VERSION)), origin, name(), frontier, Optional.empty());
    Pull pull = new Pull(frontier, new TreeMap<>(), Limits.MESSAGE_BYTES);
    return List.of(hello, new Push(runs), pull.of(new TreeSet<>(Set.of(origin))));
  }

  /** Whether the answer acknowledges what was new; then it writes on. */
  boolean accept(List<SyncMessage> answers) {
    boolean taken =
        answers.size() == 3
            && answers.get(1) instanceof PushReply reply
            && reply.verdicts().size() == NEWS.size()
            && reply.verdicts().stream().allMatch(Verdict::acknowledges);
    if (taken) {
      NEWS.forEach(stream -> heads[stream] = Points.of(entry(stream, heads[stream])));
    }
    return taken;
  }

  ChainId chain(int stream) {
    return new ChainId(origin, stream);
  }

  /** The last entry of a chain that was acknowledged. */
  Point head(int stream) {
    return heads[stream];
  }

  /** What this device writes behind an entry of its own. */
  Entry entry(int stream, Point before) {
    long seq = before.seq() + 1;
    byte[] payload = payload(stream, seq).getBytes(StandardCharsets.UTF_8);
    EntryHeader header =
        new EntryHeader(
            EntryHeader.VERSION,
            chain(stream),
            seq,
            before.id(),
            3 * seq + stream,
            1,
            300_000 * seq,
            Optional.of(Instant.ofEpochMilli(START + 300_000 * seq)),
            ClockQuality.NTP,
            type(stream),
            0,
            PayloadHash.of(payload));
    return Entry.of(header, payload);
  }

  private static String type(int stream) {
    return switch (stream) {
      case ChainId.KNOWLEDGE -> "obs.add";
      case ChainId.READINGS -> "reading.batch";
      default -> Genesis.TYPE;
    };
  }

  private String payload(int stream, long seq) {
    SplittableRandom random = new SplittableRandom(number * 1_000_003L + seq * 31 + stream);
    if (stream == ChainId.READINGS) {
      StringBuilder batch = new StringBuilder("{\"source\":\"system:cpu_temp\",\"values\":[");
      for (int i = 0; i < 30; i++) {
        batch.append(i == 0 ? "" : ",").append(40 + random.nextInt(200) / 10.0);
      }
      return batch.append("]}").toString();
    }
    return "{\"text\":\"It was %.1f degrees in room %d, which is more than usual at this hour\"}"
        .formatted(random.nextInt(400) / 10.0, random.nextInt(9));
  }
}
