package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The worked example of docs/journal-format.md, computed there by another program. */
class EntryLayoutTest {
  private static final byte[] PAYLOAD = "{\"text\":\"21 °C\"}".getBytes(StandardCharsets.UTF_8);
  private static final String BYTES =
      "0e736d6f6c6c616d612e656e747279"
          + "01"
          + "10000102030405060708090a0b0c0d0e0f"
          + "01"
          + "0000000000000002"
          + "201111111111111111111111111111111111111111111111111111111111111111"
          + "0000000000000007"
          + "0000000000000003"
          + "000000000001e240"
          + "080000019ca9450a00"
          + "03"
          + "076f62732e616464"
          + "00000000"
          + "20ef23e02525f3a6cad340b00d6c201f8bd3375b18c01e4851ab54d260548374b2";
  private static final String ID =
      "45543b4baba60780c862294a83d10d725b2d8315d9ca89a6be1547ffd47e90ac";
  private static final String ID_WITHOUT_WALL =
      "573eec4e8c25f7e282bccf7ab19386e159fd00ab1bf3dd2a81ad28184cdef4f4";

  @Test
  void fixedHeaderHasFixedBytesAndId() {
    EntryHeader header = header(Optional.of(Instant.parse("2026-03-01T12:00:00Z")));
    assertThat(HexFormat.of().formatHex(EntryLayout.bytesOf(header))).isEqualTo(BYTES);
    assertThat(EntryLayout.idOf(header).hex()).isEqualTo(ID);
    assertThat(Entry.of(header, PAYLOAD).id().hex()).isEqualTo(ID);
  }

  @Test
  void wallMayBeAbsent() {
    assertThat(EntryLayout.idOf(header(Optional.empty())).hex()).isEqualTo(ID_WITHOUT_WALL);
  }

  @Test
  void wallCountsInWholeMilliseconds() {
    Instant wall = Instant.parse("2026-03-01T12:00:00.000999Z");
    assertThat(EntryLayout.idOf(header(Optional.of(wall))).hex()).isEqualTo(ID);
    assertThat(header(Optional.of(Instant.ofEpochSecond(0, -1))).wall())
        .contains(Instant.ofEpochMilli(-1));
  }

  @Test
  void everyFieldChangesTheId() {
    EntryHeader h = header(Optional.of(Instant.parse("2026-03-01T12:00:00Z")));
    ChainId otherOrigin = new ChainId(new ReplicaId("ff".repeat(16)), 1);
    ChainId otherStream = new ChainId(h.chain().origin(), 2);
    Set<String> ids = new TreeSet<>();
    for (EntryHeader changed :
        new EntryHeader[] {
          h,
          copy(h, otherOrigin, h.seq(), h.prev(), h.lamport(), h.boot(), h.mono(), h.wall()),
          copy(h, otherStream, h.seq(), h.prev(), h.lamport(), h.boot(), h.mono(), h.wall()),
          copy(h, h.chain(), 3, h.prev(), h.lamport(), h.boot(), h.mono(), h.wall()),
          copy(h, h.chain(), h.seq(), EntryHeader.GENESIS, h.lamport(), 3, h.mono(), h.wall()),
          copy(h, h.chain(), h.seq(), h.prev(), 8, h.boot(), h.mono(), h.wall()),
          copy(h, h.chain(), h.seq(), h.prev(), h.lamport(), 4, h.mono(), h.wall()),
          copy(h, h.chain(), h.seq(), h.prev(), h.lamport(), h.boot(), 0, h.wall()),
          header(Optional.empty()),
          last(h, ClockQuality.RTC, "obs.add", 0, PAYLOAD),
          last(h, h.quality(), "obs.addd", 0, PAYLOAD),
          last(h, h.quality(), "obs.add", 1, PAYLOAD),
          last(h, h.quality(), "obs.add", 0, new byte[0]),
        }) {
      ids.add(EntryLayout.idOf(changed).hex());
    }
    assertThat(ids).hasSize(13);
  }

  @Test
  void documentShowsTheSameExample() throws Exception {
    String document = Files.readString(Path.of("../docs/journal-format.md"));
    assertThat(document).contains(ID).contains(ID_WITHOUT_WALL);
    assertThat(document.replaceAll("\\s", "")).contains(BYTES);
  }

  @Test
  void refusesNumbersThatJsonWouldBend() {
    EntryHeader h = header(Optional.empty());
    long tooBig = 1L << 53;
    assertThatThrownBy(() -> copy(h, h.chain(), 1, h.prev(), tooBig, h.boot(), h.mono(), h.wall()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lamport")
        .hasMessageContaining("2^53");
    assertThatThrownBy(() -> copy(h, h.chain(), 0, h.prev(), 1, h.boot(), h.mono(), h.wall()))
        .hasMessageContaining("seq");
  }

  private static EntryHeader header(Optional<Instant> wall) {
    return new EntryHeader(
        1,
        new ChainId(new ReplicaId("000102030405060708090a0b0c0d0e0f"), ChainId.KNOWLEDGE),
        2,
        new EntryId("11".repeat(32)),
        7,
        3,
        123_456,
        wall,
        ClockQuality.NTP,
        "obs.add",
        0,
        PayloadHash.of(PAYLOAD));
  }

  private static EntryHeader copy(
      EntryHeader h,
      ChainId chain,
      long seq,
      EntryId prev,
      long lamport,
      long boot,
      long mono,
      Optional<Instant> wall) {
    return new EntryHeader(
        1, chain, seq, prev, lamport, boot, mono, wall, h.quality(), h.type(), 0, h.payloadHash());
  }

  private static EntryHeader last(
      EntryHeader h, ClockQuality quality, String type, int flags, byte[] payload) {
    return new EntryHeader(
        1,
        h.chain(),
        h.seq(),
        h.prev(),
        h.lamport(),
        h.boot(),
        h.mono(),
        h.wall(),
        quality,
        type,
        flags,
        PayloadHash.of(payload));
  }
}
