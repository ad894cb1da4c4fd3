package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smollama.sync.SyncMessage.Push;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedMessageTest extends SyncWireFixture {
  @Test
  void anEntryWithAnotherIdEndsItsRun() {
    String forged = PUSH.replace("line2", "lime2");
    Push read = (Push) decode(forged).get(0);
    assertThat(read.runs()).containsExactly(new Run(CHAIN, LINE.subList(0, 1), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"run\"|{\"rum\"|line 2: 'run' is missing",
        "\"entries\":3|\"entries\":4|line 9: 'id' is missing",
        "\"entries\":3|\"entries\":2|line 7: a run or an entry is more than was announced",
        "\"entries\":3|\"entries\":2001|line 2: 'entries' is at most 2000, was 2001",
        "\"seq\":1,|\"seq\":\"1\",|line 3: 'seq' is not a whole number",
        "\"seq\":1,|\"seq\":1.0,|line 3: 'seq' is not a whole number",
        "\"seq\":1,|\"seq\":9007199254740992,|'seq' is from 0 to below 2^53",
        "\"seq\":1,|\"seq\":1,\"seq\":2,|line 3: is not JSON: Duplicate",
        "\"size\":7|\"size\":6|line 4: the payload is longer than its 'size' of 6",
        "\"size\":7|\"size\":65537|line 3: 'size' is at most 65536, was 65537",
        "\"stream\":1|\"stream\":256|line 2: 'stream' is at most 255, was 256",
        "{\"push\":{\"runs\":1}}|{\"push\":{\"runs\":1}}{}|line 1: is not JSON",
        "{\"push\":{\"runs\":1}}|7|line 1: is not a JSON object",
        "\"origin\":\"0|\"origin\":\"X|line 2: A replica id must be 32",
      })
  void whatIsMalformedNamesItsLine(String what, String instead, String says) {
    assertThat(PUSH).contains(what);
    String broken = PUSH.replace(what, instead);
    assertThatThrownBy(() -> decode(broken))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(says)
        .hasMessageMatching("line [0-9]+: [^\n]+");
  }

  @Test
  void aMessageEndsWithItsEnd() {
    assertThatThrownBy(() -> decode(PUSH.replace(END, "")))
        .hasMessage("line 9: the message ends before its 'end' line");
    assertThatThrownBy(() -> decode(PUSH + "\n"))
        .hasMessage("line 10: something follows the 'end' line");
    assertThatThrownBy(() -> decode("")).hasMessageStartingWith("line 1: the message ends");
  }

  @Test
  void moreThanAMessageMayHaveIsNotRead() {
    byte[] tooLong = new byte[Limits.MESSAGE_BYTES + 1];
    assertThat(catchThrowable(() -> SyncWire.decode(tooLong)))
        .isInstanceOfSatisfying(
            MalformedMessageException.class, e -> assertThat(e.isTooLarge()).isTrue());
    String many = "{\"pull\":{\"frontier\":{},\"maxBytes\":1}}\n".repeat(17) + END;
    assertThatThrownBy(() -> decode(many)).hasMessageContaining("at most 16 parts");
    Push full = new Push(List.of(Run.of(Lines.line(CHAIN, 1_999))));
    assertThatThrownBy(() -> decode(text(full).replaceFirst("\\{\"end.*\n", "") + PUSH))
        .hasMessageContaining("at most 2000 entries");
  }

  @Test
  void aBombIsCutAtTheLimit() throws IOException {
    byte[] bomb = SyncWire.gzip(new byte[200 << 20]);
    assertThat(bomb.length).isLessThan(Limits.MESSAGE_BYTES);
    assertThat(catchThrowable(() -> SyncWire.gunzip(bomb)))
        .isInstanceOfSatisfying(
            MalformedMessageException.class, e -> assertThat(e.isTooLarge()).isTrue());
    Endless endless = new Endless();
    assertThat(catchThrowable(() -> SyncWire.readBounded(endless)))
        .isInstanceOf(MalformedMessageException.class);
    assertThat(endless.read).isLessThan(2 * Limits.MESSAGE_BYTES);
  }

  @Test
  void whatIsNotGzipSaysSo() {
    byte[] packed = SyncWire.gzip(PUSH.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SyncWire.gunzip(new byte[] {1, 2, 3}))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("not gzip");
    assertThatThrownBy(() -> SyncWire.gunzip(Arrays.copyOf(packed, packed.length - 4)))
        .isInstanceOf(MalformedMessageException.class);
    packed[packed.length / 2] ^= 1;
    assertThatThrownBy(() -> SyncWire.gunzip(packed)).isInstanceOf(MalformedMessageException.class);
  }

  private static final class Endless extends InputStream {
    private long read;

    @Override
    public int read() {
      read++;
      return 0;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      read += length;
      return length;
    }
  }
}
