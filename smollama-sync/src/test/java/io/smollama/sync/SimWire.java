package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Entries as bytes on their way, to be torn and flipped. Only what is hit goes through bytes; the
 * rest of a message is taken to be covered by the checksum of what carries it.
 */
final class SimWire {
  private final SplittableRandom random;

  SimWire(SplittableRandom random) {
    this.random = random;
  }

  /** The message with one run damaged; empty if it has none and is lost. */
  Optional<SyncMessage> damaged(SyncMessage message) {
    if (message instanceof Push push && !push.runs().isEmpty()) {
      return Optional.of(new Push(damaged(push.runs())));
    }
    if (message instanceof PullReply reply && !reply.runs().isEmpty()) {
      return Optional.of(
          new PullReply(damaged(reply.runs()), reply.left(), reply.doubts(), reply.next()));
    }
    return Optional.empty();
  }

  /** One run is flipped, or the message ends within it. */
  List<Run> damaged(List<Run> runs) {
    int hit = random.nextInt(runs.size());
    boolean torn = random.nextBoolean();
    List<Run> arrived = new ArrayList<>(runs.subList(0, hit));
    Run run = runs.get(hit);
    byte[] bytes = bytes(run);
    if (bytes.length == 0) {
      return runs;
    }
    int at = random.nextInt(bytes.length);
    ByteBuffer received = ByteBuffer.wrap(bytes);
    if (torn) {
      received.limit(at);
    } else {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    arrived.add(read(run.chain(), received));
    if (!torn) {
      arrived.addAll(runs.subList(hit + 1, runs.size()));
    }
    return arrived;
  }

  private static byte[] bytes(Run run) {
    ByteBuffer out = ByteBuffer.allocate(run.entries().stream().mapToInt(Entry::size).sum() + 8);
    for (Entry entry : run.entries()) {
      byte[] header = EntryLayout.bytesOf(entry.header());
      byte[] payload = entry.payload().orElseThrow();
      out.putShort((short) header.length)
          .put(header)
          .put(HexFormat.of().parseHex(entry.id().hex()));
      out.putInt(payload.length).put(payload);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static Run read(ChainId chain, ByteBuffer in) {
    List<Entry> entries = new ArrayList<>();
    boolean damaged = false;
    while (in.hasRemaining() && !damaged) {
      try {
        Entry entry = entry(in);
        damaged = !entry.header().chain().equals(chain);
        if (!damaged) {
          entries.add(entry);
        }
      } catch (IllegalArgumentException | BufferUnderflowException e) {
        damaged = true;
      }
    }
    return new Run(chain, entries, damaged || entries.isEmpty());
  }

  private static Entry entry(ByteBuffer in) {
    byte[] header = new byte[require(in.getShort(), 200)];
    in.get(header);
    String id = hex(in, 32);
    byte[] payload = new byte[require(in.getInt(), Limits.PAYLOAD_BYTES)];
    in.get(payload);
    Entry entry = Entry.of(header(ByteBuffer.wrap(header)), payload);
    if (!entry.id().hex().equals(id)) {
      throw new IllegalArgumentException("not the id that was sent");
    }
    return entry;
  }

  private static int require(int length, int most) {
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("a length of " + length);
    }
    return length;
  }

  private static EntryHeader header(ByteBuffer in) {
    text(in);
    int version = in.get();
    ChainId chain = new ChainId(new ReplicaId(hex(in, in.get())), Byte.toUnsignedInt(in.get()));
    long seq = in.getLong();
    EntryId prev = new EntryId(hex(in, in.get()));
    long lamport = in.getLong();
    long boot = in.getLong();
    long mono = in.getLong();
    Optional<Instant> wall =
        in.get() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(in.getLong()));
    ClockQuality quality = ClockQuality.ofCode(in.get());
    String type = text(in);
    int flags = in.getInt();
    PayloadHash hash = new PayloadHash(hex(in, in.get()));
    return new EntryHeader(
        version, chain, seq, prev, lamport, boot, mono, wall, quality, type, flags, hash);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[require(in.get(), 100)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static String hex(ByteBuffer in, int length) {
    byte[] bytes = new byte[require(length, 100)];
    in.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
