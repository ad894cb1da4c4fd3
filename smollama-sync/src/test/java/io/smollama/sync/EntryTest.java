package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final byte[] ODD = {'"', (byte) 0xff, 0, (byte) 0xc3, '"'};

  @Test
  void redactedEntryKeepsItsId() {
    Entry whole = Entry.of(header(ODD), ODD);
    Entry redacted = Entry.redacted(header(ODD));
    assertThat(redacted.id()).isEqualTo(whole.id());
    assertThat(redacted.payload()).isEmpty();
    assertThat(redacted.toJournalEntry().payload()).isEqualTo("null");
    assertThat(redacted).isNotEqualTo(whole);
  }

  @Test
  void payloadIsCopiedInAndOut() {
    byte[] mine = ODD.clone();
    Entry entry = Entry.of(header(ODD), mine);
    mine[0] = 'x';
    entry.payload().orElseThrow()[1] = 'x';
    assertThat(entry.payload()).contains(ODD);
    assertThat(entry).isEqualTo(Entry.of(header(ODD), ODD)).hasSameHashCodeAs(entry);
  }

  @Test
  void viewSeesTheText() {
    byte[] text = "{\"text\":\"é🌡\"}".getBytes(StandardCharsets.UTF_8);
    JournalEntry seen = Entry.of(header(text), text).toJournalEntry();
    assertThat(seen.payload()).isEqualTo("{\"text\":\"é🌡\"}");
    assertThat(seen.wall()).isEmpty();
  }

  @Test
  void refusesAnotherPayloadThanWasHashed() {
    assertThatThrownBy(() -> Entry.of(header(ODD), new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hash");
    byte[] tooLong = new byte[JournalEntry.MAX_PAYLOAD_BYTES + 1];
    assertThatThrownBy(() -> Entry.of(header(tooLong), tooLong)).hasMessageContaining("65536");
  }

  static EntryHeader header(byte[] payload) {
    return new EntryHeader(
        1,
        new ChainId(new ReplicaId("ab".repeat(16)), ChainId.KNOWLEDGE),
        1,
        EntryHeader.GENESIS,
        1,
        1,
        0,
        Optional.empty(),
        ClockQuality.UNKNOWN,
        "obs.add",
        0,
        PayloadHash.of(payload));
  }
}
