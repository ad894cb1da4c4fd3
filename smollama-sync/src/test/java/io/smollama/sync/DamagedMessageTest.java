package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smollama.core.EntryId;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever happens to the bytes: a clean refusal, or entries that hash to their ids. */
class DamagedMessageTest {
  private final Set<EntryId> known = new HashSet<>();

  @Test
  void everyFlipOfEveryByte() {
    for (long seed = 0; seed < 16; seed++) {
      byte[] message = message(seed);
      for (int at = 0; at < message.length; at += 1 + message.length / 1_200) {
        byte[] flipped = message.clone();
        flipped[at] ^= (byte) (1 << (at % 8));
        requireRefused(flipped, message);
        judge(Seal.of(flipped));
        flipped[at] = (byte) (at * 31);
        requireRefused(flipped, message);
        judge(Seal.of(flipped));
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] message = message(7);
    for (int length = 0; length < message.length; length++) {
      byte[] torn = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> SyncWire.decode(torn)).isInstanceOf(MalformedMessageException.class);
    }
  }

  private byte[] message(long seed) {
    List<SyncMessage> message = new RandomMessages(seed).message();
    message.forEach(part -> entries(part).forEach(entry -> known.add(entry.id())));
    return SyncWire.encode(message);
  }

  private void requireRefused(byte[] flipped, byte[] message) {
    if (!Arrays.equals(flipped, message)) {
      assertThat(catchThrowable(() -> SyncWire.decode(flipped)))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  private void judge(byte[] bytes) {
    try {
      for (SyncMessage part : SyncWire.decode(bytes)) {
        for (Entry entry : entries(part)) {
          assertThat(EntryLayout.idOf(entry.header())).isEqualTo(entry.id());
          entry
              .payload()
              .ifPresent(
                  payload ->
                      assertThat(PayloadHash.of(payload)).isEqualTo(entry.header().payloadHash()));
          assertThat(known.contains(entry.id()))
              .as("an entry that nobody wrote: %s", entry)
              .isTrue();
        }
      }
    } catch (MalformedMessageException e) {
      assertThat(e.getMessage()).matches("line [0-9]+: \\P{Cntrl}+");
    }
  }

  private List<Entry> entries(SyncMessage part) {
    List<Run> runs =
        part instanceof Push push
            ? push.runs()
            : part instanceof PullReply reply ? reply.runs() : List.of();
    return runs.stream().flatMap(run -> run.entries().stream()).toList();
  }
}
