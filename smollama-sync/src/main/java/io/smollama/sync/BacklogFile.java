package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Push;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that carries entries from one replica to another where no network does: on a stick, by
 * mail. It may be of any size; neither writing nor reading holds more than a message of it in
 * memory. Taking one in twice, or again after it broke off, does no harm.
 *
 * <p>Its form is in {@code docs/sync-protocol.md}. A file or disk that fails is told by a {@link
 * io.smollama.core.JournalException}. Thread-safe.
 */
public final class BacklogFile {
  private static final int MOST_FAULTS = 20;

  private BacklogFile() {}

  /**
   * What was written. Immutable.
   *
   * @param entries how many
   * @param bytes the size of the file
   */
  public record Exported(long entries, long bytes) {}

  /**
   * What was read. Immutable.
   *
   * @param from the label of the replica that wrote the file
   * @param entries how many could be read
   * @param taken how many of them were new, and are on durable storage now
   * @param complete whether all of the file was read and acknowledged
   * @param faults what was not, in words; the first 20
   */
  public record Imported(
      String from, long entries, long taken, boolean complete, List<String> faults) {
    public Imported {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Writes what a replica holds above what somebody is known to hold. Where the two lines of a
   * chain may have parted, all of it is written if this replica is the one that has come further.
   *
   * @param known what the receiver holds, for example by {@link #frontier}; {@link Frontier#EMPTY}
   *     for everything
   * @param file replaced if it is such a file already, when the new one is on durable storage
   */
  public static Exported export(SharedReplica shared, Frontier known, Path file) {
    Replica replica = shared.own();
    Hello hello = replica.hello(shared.now());
    SortedMap<ChainId, ChainState> chains = replica.chains();
    try (BacklogWriter out = BacklogWriter.create(file, hello)) {
      Optional<ChainId> from = Optional.empty();
      do {
        Frontiers.Slice slice = Frontiers.slice(hello.frontier(), from);
        out.write(hello.of(slice.frontier()));
        from = slice.end();
      } while (from.isPresent());
      Frontier sofar = placeable(replica, chains, known);
      Push page = page(replica, chains, sofar);
      while (!page.runs().isEmpty()) {
        out.write(page);
        sofar = Frontiers.after(sofar, page.runs());
        page = page(replica, chains, sofar);
      }
      return out.finish();
    }
  }

  /**
   * Without the chains of which the receiver surely lacks what is held here, but not since when.
   */
  private static Frontier placeable(
      Replica replica, SortedMap<ChainId, ChainState> chains, Frontier known) {
    TreeMap<ChainId, Tips> sure = new TreeMap<>(known.chains());
    Frontier doubts = replica.supply().above(chains, known, 1).doubts();
    doubts
        .chains()
        .forEach(
            (chain, mine) -> {
              if (mine.highest() > known.tips(chain).highest()) {
                sure.remove(chain);
              }
            });
    return new Frontier(sure);
  }

  private static Push page(Replica replica, SortedMap<ChainId, ChainState> chains, Frontier known) {
    int most = Limits.MESSAGE_BYTES;
    Push page = new Push(replica.supply().above(chains, known, most).runs());
    while (SyncWire.encode(List.of(page)).length > Limits.MESSAGE_BYTES) {
      most /= 2;
      page = new Push(replica.supply().above(chains, known, most).runs());
    }
    return page;
  }

  /**
   * Takes in a file. It ends early if the store is full or contended; to go on, take the same file
   * in again.
   */
  public static Imported importInto(SharedReplica replica, Path file) {
    Import taking = new Import(replica.own(), replica.now());
    try (BacklogReader in = BacklogReader.open(file)) {
      Optional<SyncMessage> part = in.next();
      while (part.isPresent() && taking.take(part.get())) {
        part = in.next();
      }
      List<String> faults = new ArrayList<>(in.faults());
      faults.addAll(taking.faults);
      return new Imported(
          in.name(),
          taking.entries,
          taking.taken,
          in.isComplete() && faults.isEmpty(),
          faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
    }
  }

  /** What the replica that wrote a file held then; to export what it lacks. */
  public static Frontier frontier(Path file) {
    Frontier frontier = Frontier.EMPTY;
    try (BacklogReader in = BacklogReader.open(file)) {
      Optional<SyncMessage> part = in.next();
      while (part.isPresent() && part.get() instanceof Hello hello) {
        frontier = frontier.updatedBy(hello.frontier());
        part = in.next();
      }
    }
    return frontier;
  }

  /** Counts what becomes of a file. */
  private static final class Import {
    private final Replica replica;
    private final Stamp now;
    private final List<String> faults = new ArrayList<>();
    private long entries;
    private long taken;

    Import(Replica replica, Stamp now) {
      this.replica = replica;
      this.now = now;
    }

    /** Whether to go on. */
    boolean take(SyncMessage part) {
      if (part instanceof Hello hello) {
        replica.notice(hello.frontier(), now);
      }
      return !(part instanceof Push push) || take(push.runs());
    }

    private boolean take(List<Run> runs) {
      long before = held(runs);
      List<Verdict> verdicts = replica.takeIn(runs, Long.MAX_VALUE, now);
      taken += held(runs) - before;
      boolean busy = false;
      for (int i = 0; i < runs.size(); i++) {
        entries += runs.get(i).entries().size();
        busy |= verdicts.get(i) instanceof Verdict.Busy;
        note(runs.get(i), verdicts.get(i));
      }
      return !busy;
    }

    private long held(List<Run> runs) {
      return runs.stream()
          .map(Run::chain)
          .distinct()
          .mapToLong(chain -> replica.map(chain).state().size())
          .sum();
    }

    private void note(Run run, Verdict verdict) {
      if (!verdict.acknowledges() && faults.size() < MOST_FAULTS) {
        long seq = run.entries().isEmpty() ? 0 : run.first().header().seq();
        faults.add(
            "from number %d of stream %d of %s: %s"
                .formatted(
                    seq, run.chain().stream(), run.chain().origin(), VerdictJson.words(verdict)));
      }
    }
  }
}
