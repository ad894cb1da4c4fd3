package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Messages with everything in them that a message may have, from a seed. */
final class RandomMessages {
  private final SplittableRandom random;

  RandomMessages(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One to three parts. */
  List<SyncMessage> message() {
    return random.nextBoolean() ? some(3, this::request) : some(3, this::reply);
  }

  private SyncMessage request() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new Hello(
              new TreeSet<>(some(3, () -> random.nextInt(9))),
              replica(),
              text(),
              frontier(),
              instant());
      case 1 -> new Push(some(4, this::run));
      default -> pull();
    };
  }

  private SyncMessage reply() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new HelloReply(
              random.nextInt(9),
              instant(),
              frontier(),
              PeerStatus.values()[random.nextInt(PeerStatus.values().length)],
              number());
      case 1 -> new PushReply(some(9, this::verdict), frontier());
      default ->
          new PullReply(
              some(4, this::run), number(), frontier(), some(1, this::chain).stream().findFirst());
    };
  }

  private Pull pull() {
    TreeMap<ChainId, SortedSet<Point>> samples = new TreeMap<>();
    some(3, () -> samples.put(chain(), new TreeSet<>(some(5, this::point))));
    HashSet<Integer> streams = new HashSet<>(some(3, () -> random.nextInt(256)));
    ChainRange range = new ChainRange(some(1, this::chain).stream().findFirst(), Optional.empty());
    return new Pull(
        frontier(),
        samples,
        random.nextBoolean() ? new TreeSet<>(some(3, this::replica)) : new TreeSet<>(),
        streams,
        random.nextBoolean() ? range : ChainRange.ALL,
        1 + random.nextInt(Limits.MESSAGE_BYTES));
  }

  private Verdict verdict() {
    return switch (random.nextInt(8)) {
      case 0 -> new Verdict.Ok();
      case 1 -> new Verdict.Dup();
      case 2 -> new Verdict.Fork();
      case 3 -> new Verdict.BadHash();
      case 4 -> new Verdict.TooLarge();
      case 5 -> new Verdict.Gap(1 + number() / 2);
      case 6 -> new Verdict.Truncated(number());
      default -> new Verdict.Busy(Duration.ofSeconds(random.nextInt(100_000)));
    };
  }

  private Frontier frontier() {
    TreeMap<ChainId, Tips> chains = new TreeMap<>();
    some(4, () -> chains.put(chain(), new Tips(random.nextInt(9), some(3, this::point))));
    return new Frontier(chains);
  }

  private Run run() {
    ChainId chain = chain();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      boolean follows = i > 0 && random.nextInt(10) > 0;
      entries.add(entry(chain, follows ? entries.get(i - 1).id() : id()));
    }
    return Run.of(entries);
  }

  private Entry entry(ChainId chain, EntryId prev) {
    byte[] payload = new byte[random.nextInt(10) == 0 ? random.nextInt(3_000) : random.nextInt(30)];
    random.nextBytes(payload);
    EntryHeader header =
        new EntryHeader(
            EntryHeader.VERSION,
            chain,
            1 + number() / 2,
            prev,
            1 + number() / 2,
            number(),
            number(),
            instant(),
            ClockQuality.ofCode(random.nextInt(5)),
            "zz.type-" + random.nextInt(99),
            random.nextBoolean() ? 0 : random.nextInt(Integer.MAX_VALUE),
            PayloadHash.of(payload));
    return random.nextInt(8) == 0 ? Entry.redacted(header) : Entry.of(header, payload);
  }

  private Point point() {
    return new Point(number(), id());
  }

  private ChainId chain() {
    return new ChainId(replica(), random.nextInt(256));
  }

  private ReplicaId replica() {
    return new ReplicaId("%016x%016x".formatted(random.nextLong(), random.nextLong()));
  }

  private EntryId id() {
    return new EntryId(replica().hex() + replica().hex());
  }

  private long number() {
    return random.nextLong(EntryHeader.LIMIT) >> random.nextInt(53);
  }

  private Optional<Instant> instant() {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(number() - number()));
  }

  private String text() {
    return random
        .ints(random.nextInt(40), 0x20, 0x2fff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private <T> List<T> some(int most, Supplier<T> one) {
    List<T> some = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(most); i++) {
      some.add(one.get());
    }
    return some;
  }
}
