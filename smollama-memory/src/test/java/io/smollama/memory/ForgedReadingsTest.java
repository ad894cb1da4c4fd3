package io.smollama.memory;

import static io.smollama.memory.ReadingShare.Detail.ALL;
import static io.smollama.memory.ReadingShare.Detail.ROLLUPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer forged keeps nothing else from arriving. */
class ForgedReadingsTest extends TwoNodesFixture {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"sources\":5}",
        "{\"node\":\"x\",\"sources\":[5,{\"source\":\"no colon\"},{\"source\":\"a:b\",\"readings\":\"!\"}]}",
        "{\"node\":\"x\",\"sources\":[{\"source\":\"a:b\",\"readings\":\"AAAAAAAA\"}]}",
        "{\"node\":\"x\",\"width\":300000,\"sources\":[{\"source\":\"a:b\",\"windows\":[[1,2],[0,1,\"x\",0,0,0,0,0],[7,1,0,0,0,0,0,0],5]}]}"
      })
  void whatMakesNoSenseIsPassedOver(String payload) {
    kitchenLog.append(ChainId.READINGS, "reading.batch", payload);
    kitchenLog.append(ChainId.ROLLUPS, "rollup.window", payload);
    kitchenLog.append(ChainId.READINGS, "reading.add", payload);
    measure(QUARTER);
    kitchen.share().share(ROLLUPS);
    meet();
    assertThat(server.readings().sources()).containsExactly(OF_KITCHEN);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 300_000 * 300_000,
        400_000_000_000_000_000L
      })
  void timesThatNoCalendarHasPoisonNothing(long time) {
    kitchenLog.append(
        ChainId.READINGS,
        "reading.add",
        "{\"node\":\"x\",\"time\":%d,\"source\":\"a:b\",\"value\":1,\"unit\":\"\"}"
            .formatted(time));
    kitchenLog.append(
        ChainId.ROLLUPS,
        "rollup.window",
        "{\"node\":\"x\",\"width\":300000,\"sources\":[{\"source\":\"a:b\",\"windows\":[[%d,1,0,0,0,0,0,0]]}]}"
            .formatted(Math.floorDiv(time, 300_000L) * 300_000));
    Samples forged =
        new Samples("", new long[] {time}, new byte[1], new double[] {7}, new String[0]);
    String packed = Base64.getEncoder().encodeToString(ChunkCodec.encode(forged));
    kitchenLog.append(
        ChainId.READINGS,
        "reading.batch",
        "{\"node\":\"x\",\"sources\":[{\"source\":\"a:b\",\"readings\":\"%s\"}]}"
            .formatted(packed));
    measure(QUARTER);
    kitchen.share().share(ALL);
    meet();
    server.readings().prune(start); // seals
    assertThat(all(server, OF_KITCHEN)).hasSize(90);
    assertThat(server.readings().sources()).containsExactly(OF_KITCHEN);
  }

  @Test
  void chunksThatSomebodyForgedPoisonNothing() {
    Random random = new Random(5);
    Samples sound =
        Samples.of(List.of(at(start), at(start.plusSeconds(10)), at(start.plusSeconds(21))));
    byte[] packed = ChunkCodec.encode(sound);
    for (int i = 0; i < 300; i++) {
      byte[] forged = Arrays.copyOf(packed, packed.length - 4);
      forged[1 + random.nextInt(forged.length - 1)] = (byte) random.nextInt();
      BlobWriter out = new BlobWriter();
      out.octets(forged);
      String text = Base64.getEncoder().encodeToString(out.sealed());
      kitchenLog.append(
          ChainId.READINGS,
          "reading.batch",
          "{\"node\":\"x\",\"sources\":[{\"source\":\"a:b\",\"readings\":\"%s\"}]}"
              .formatted(text));
    }
    measure(QUARTER);
    kitchen.share().share(ALL);
    meet();
    server.readings().prune(start);
    assertThat(all(server, OF_KITCHEN)).hasSize(90);
  }
}
