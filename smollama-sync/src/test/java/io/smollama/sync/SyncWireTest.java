package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SyncWireTest extends SyncWireFixture {
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
}
