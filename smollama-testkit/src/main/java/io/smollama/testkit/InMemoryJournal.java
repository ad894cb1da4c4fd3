package io.smollama.testkit;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal that lasts as long as its object. Thread-safe. */
public final class InMemoryJournal implements Journal {
  private final ReplicaId origin;
  private final InstantSource clock;
  private final List<JournalEntry> entries = new ArrayList<>();
  private Frontier frontier = Frontier.EMPTY;
  private long lamport;

  public InMemoryJournal(ReplicaId origin, InstantSource clock) {
    this.origin = origin;
    this.clock = clock;
  }

  /** A journal of the replica {@code 00…01}. */
  public InMemoryJournal(InstantSource clock) {
    this(new ReplicaId("00".repeat(15) + "01"), clock);
  }

  @Override
  public synchronized List<JournalEntry> appendAll(int stream, List<NewEntry> drafts) {
    drafts.forEach(draft -> requireShort(draft.payload()));
    return drafts.stream().map(draft -> appendOne(stream, draft.type(), draft.payload())).toList();
  }

  @Override
  public ReplicaId origin() {
    return origin;
  }

  private JournalEntry appendOne(int stream, String type, String payload) {
    ChainId chain = new ChainId(origin, stream);
    long seq = frontier.tips(chain).highest() + 1;
    return take(
        new JournalEntry(
            hash(chain + "/" + seq + "/" + type + "/" + payload),
            chain,
            seq,
            lamport + 1,
            Optional.of(clock.instant()),
            type,
            payload));
  }

  /** Takes an entry of another replica, as a sync would; one that is known already is ignored. */
  public synchronized JournalEntry take(JournalEntry entry) {
    long held = frontier.tips(entry.chain()).highest();
    if (entry.seq() > held + 1) {
      throw new IllegalArgumentException(
          "Entry %d of %s does not follow %d".formatted(entry.seq(), entry.chain(), held));
    }
    if (entry.seq() == held + 1) {
      entries.add(entry);
      frontier = frontier.with(entry);
      lamport = Math.max(lamport, entry.lamport());
    }
    return entry;
  }

  @Override
  public synchronized Frontier frontier() {
    return frontier;
  }

  @Override
  public synchronized JournalPage above(Frontier known, int limit) {
    List<JournalEntry> page =
        entries.stream()
            .filter(e -> e.seq() > known.tips(e.chain()).highest())
            .limit(limit)
            .toList();
    Frontier grown = known;
    for (JournalEntry entry : page) {
      grown = grown.with(entry);
    }
    return new JournalPage(page, grown);
  }

  @Override
  public void close() {}

  private static void requireShort(String payload) {
    int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > JournalEntry.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "A payload has at most %d bytes, had %d"
              .formatted(JournalEntry.MAX_PAYLOAD_BYTES, bytes));
    }
  }

  private static EntryId hash(String content) {
    return EntryId.of(content.getBytes(StandardCharsets.UTF_8));
  }
}
