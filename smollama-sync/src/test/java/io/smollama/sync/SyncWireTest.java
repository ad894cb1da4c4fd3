package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncWireTest {
  private static final ChainId CHAIN = Lines.chain(2);
  private static final List<Entry> LINE = Lines.line(CHAIN, 3);
  private static final String PUSH = text(new Push(List.of(Run.of(LINE))));

  private static final String END = PUSH.substring(PUSH.lastIndexOf("{\"end"));

  private static String text(SyncMessage... parts) {
    return new String(SyncWire.encode(List.of(parts)), StandardCharsets.ISO_8859_1);
  }

  private static List<SyncMessage> decode(String text) {
    return SyncWire.decode(Seal.of(text));
  }

  @Nested
  class Carrying {
    @Test
    void everyMessageComesBackAsItWas() {
      for (long seed = 0; seed < 2_000; seed++) {
        List<SyncMessage> message = new RandomMessages(seed).message();
        assertThat(SyncWire.decode(SyncWire.encode(message))).as("seed " + seed).isEqualTo(message);
      }
    }

    @Test
    void aPayloadKeepsItsBytesWhateverTheyAre() {
      byte[] odd = {'{', '\n', 0, (byte) 0xff, '\r', '"', '\n'};
      EntryHeader header = LINE.get(0).header();
      Entry entry =
          Entry.of(
              new EntryHeader(
                  1,
                  CHAIN,
                  1,
                  EntryHeader.GENESIS,
                  1,
                  0,
                  0,
                  header.wall(),
                  header.quality(),
                  "obs.add",
                  7,
                  PayloadHash.of(odd)),
              odd);
      SyncMessage push = new Push(List.of(Run.of(List.of(entry, entry))));
      assertThat(SyncWire.decode(SyncWire.encode(List.of(push)))).containsExactly(push);
    }

    @Test
    void whatFollowsFromItsSurroundingsIsNotSent() {
      assertThat(PUSH).containsOnlyOnce("\"prev\"").doesNotContain("payloadHash");
      Frontier frontier = Lines.replica(1).frontier();
      Frontier other = Frontier.of(new TreeMap<>(java.util.Map.of(CHAIN, Tips.NONE)));
      Hello hello =
          new Hello(new TreeSet<>(Set.of(2)), Lines.replicaId(1), "a", other, Optional.empty());
      Pull same = new Pull(other, new TreeMap<>(), 9);
      Pull unlike = new Pull(frontier, new TreeMap<>(), 9);
      assertThat(text(hello, same)).containsOnlyOnce("frontier");
      assertThat(decode(text(hello, same))).containsExactly(hello, same);
      assertThat(decode(text(hello, unlike))).containsExactly(hello, unlike);
    }

    @Test
    void anEntryTakesNoMoreThanItCounts() {
      String line = text(new Push(List.of(Run.of(LINE.subList(0, 1)))));
      assertThat(line.length() - "{\"push\":{\"runs\":1}}\n".length() - END.length())
          .isLessThan(LINE.get(0).size());
    }

    @Test
    void aDamagedRunIsNotPassedOn() {
      Push damaged = new Push(List.of(new Run(CHAIN, LINE, true)));
      assertThatThrownBy(() -> text(damaged)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Growing {
    @Test
    void unknownKeysAndPartsArePassedOver() {
      String later =
          PUSH.replace("{\"id\"", "{\"later\":[1],\"id\"")
              .replace("{\"runs\"", "{\"later\":{},\"runs\"")
              .replace("{\"end\"", "{\"subscribe\":{\"what\":1}}\n{\"end\"");
      assertThat(decode(later)).isEqualTo(decode(PUSH));
    }

    @Test
    void unknownStreamsTypesAndFlagsAreKept() {
      ChainId chain = new ChainId(Lines.replicaId(2), 255);
      Entry odd = Lines.entry(chain, Point.START, 1, "zz.unheard-of", "[1]");
      Push push = new Push(List.of(Run.of(List.of(odd))));
      assertThat(decode(text(push))).containsExactly(push);
    }

    @Test
    void anEntryOfALaterFormEndsItsRunAndNoOther() {
      Push two = new Push(List.of(Run.of(LINE), Run.of(Lines.line(Lines.chain(3), 1))));
      String later = text(two).replaceFirst("\"seq\":2,", "\"seq\":2,\"quality\":9,");
      later = later.replaceFirst("(\"quality\":9.*?),\"quality\":0", "$1");
      Push read = (Push) decode(later).get(0);
      assertThat(read.runs().get(0)).isEqualTo(new Run(CHAIN, LINE.subList(0, 1), true));
      assertThat(read.runs().get(1)).isEqualTo(two.runs().get(1));
    }
  }

  @Nested
  class Refusing {
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
      assertThatThrownBy(() -> SyncWire.gunzip(packed))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  /** Whatever happens to the bytes: a clean refusal, or entries that hash to their ids. */
  @Nested
  class Damaged {
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
        assertThatThrownBy(() -> SyncWire.decode(torn))
            .isInstanceOf(MalformedMessageException.class);
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
                        assertThat(PayloadHash.of(payload))
                            .isEqualTo(entry.header().payloadHash()));
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
