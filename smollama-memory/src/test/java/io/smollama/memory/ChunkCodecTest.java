package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkCodecTest {
  private static final SourceId SOURCE = SourceId.parse("test:codec");
  private static final String[] WORDS = {
    "", "on", "54", "true", "größer", "\uD83D\uDE00", "\uD800x"
  };

  private enum Shape {
    STEADY,
    TENTHS,
    HUNDREDTHS_WITH_SPIKES,
    COUNTER,
    NOISE,
    ANY_BITS,
    SPECIAL,
    BEYOND_2_53,
    MOSTLY_TENTHS,
    FLAGS,
    WORDS,
    MIXED
  }

  private static IntFunction<ReadingValue> values(Shape shape, Random random) {
    double[] special = {
      Double.NaN,
      -0.0,
      0.0,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      -Double.MIN_NORMAL,
      Double.MAX_VALUE,
      0.1 + 0.2,
      1e22,
      1e-7,
      9007199254740993.0,
      -1e18
    };
    double[] level = {20};
    return i ->
        switch (shape) {
          case STEADY -> quantity(21.3);
          case TENTHS ->
              quantity(Math.round((level[0] += random.nextInt(3) * 0.1 - 0.1) * 10) / 10.0);
          case HUNDREDTHS_WITH_SPIKES ->
              quantity(random.nextInt(50) == 0 ? 1e9 : random.nextInt(10_000) / 100.0);
          case COUNTER -> quantity(level[0] += random.nextInt(1_500));
          case NOISE -> quantity(random.nextGaussian());
          case ANY_BITS -> quantity(Double.longBitsToDouble(random.nextLong()));
          case SPECIAL -> quantity(special[random.nextInt(special.length)]);
          case BEYOND_2_53 -> quantity((double) random.nextLong());
          case MOSTLY_TENTHS ->
              quantity(random.nextInt(40) == 0 ? random.nextDouble() : random.nextInt(300) / 10.0);
          case FLAGS -> new ReadingValue.Flag(random.nextInt(9) == 0);
          case WORDS -> new ReadingValue.Text(WORDS[random.nextInt(WORDS.length)]);
          case MIXED ->
              switch (random.nextInt(4)) {
                case 0 -> quantity(special[random.nextInt(special.length)]);
                case 1 -> new ReadingValue.Flag(random.nextBoolean());
                case 2 -> new ReadingValue.Text(WORDS[random.nextInt(WORDS.length)]);
                default -> new ReadingValue.Json("{\"n\": " + random.nextInt(5) + "}");
              };
        };
  }

  private static ReadingValue quantity(double number) {
    return new ReadingValue.Quantity(number);
  }

  private static Samples series(Shape shape, int count, long seed) {
    Random random = new Random(seed);
    IntFunction<ReadingValue> values = values(shape, random);
    long time = random.nextBoolean() ? 1_770_000_000_000L : -5_000_000_000L;
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      time +=
          switch ((int) (seed % 4)) {
            case 0 -> 10_000;
            case 1 -> 10_000 + random.nextInt(20);
            case 2 -> 1 + random.nextInt(1_000_000);
            default -> random.nextInt(100) == 0 ? 1L << 38 : 1_000;
          };
      Reading reading =
          new Reading(SOURCE, values.apply(i), "u", Instant.ofEpochMilli(time), Map.of());
      boolean doubted = seed % 5 == 3 && random.nextInt(7) == 0;
      readings.add(doubted ? reading.doubted("odd") : reading);
    }
    return Samples.of(readings);
  }

  @ParameterizedTest
  @EnumSource
  void givesEverySeriesBackToTheBit(Shape shape) {
    for (int seed = 0; seed < 60; seed++) {
      int count = seed < 4 ? seed : new Random(seed).nextInt(2_100);
      Samples samples = series(shape, count, seed);
      Samples back = ChunkCodec.decode(ChunkCodec.encode(samples), "u");
      String which = "%s, seed %d, %d readings".formatted(shape, seed, count);
      assertThat(back.times()).as(which).isEqualTo(samples.times());
      assertThat(back.kinds()).as(which).isEqualTo(samples.kinds());
      assertThat(bits(back)).as(which).isEqualTo(bits(samples));
      assertThat(values(back)).as(which).isEqualTo(values(samples));
    }
  }

  private static long[] bits(Samples samples) {
    return Arrays.stream(samples.numbers()).mapToLong(Double::doubleToLongBits).toArray();
  }

  private static List<ReadingValue> values(Samples samples) {
    return IntStream.range(0, samples.count()).mapToObj(samples::value).toList();
  }

  @Test
  void tenthsAtASteadyPaceTakeLessThanHalfAByte() {
    Samples samples = series(Shape.TENTHS, 2_000, 0);
    assertThat(ChunkCodec.encode(samples).length).isLessThan(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void cutOrChangedBytesAreToldNeverRead(Shape shape) {
    byte[] whole = ChunkCodec.encode(series(shape, 300, 1));
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatThrownBy(() -> ChunkCodec.decode(cut, "u"))
          .isInstanceOf(DamagedBlobException.class);
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> ChunkCodec.decode(changed, "u"))
          .isInstanceOf(DamagedBlobException.class);
    }
  }

  /** Whoever can forge the checksum too gets an error or some readings, but never a hang. */
  @ParameterizedTest
  @EnumSource
  void forgedBytesEndTheReading(Shape shape) {
    byte[] whole = ChunkCodec.encode(series(shape, 300, 1));
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      BlobWriter forged = new BlobWriter();
      byte[] body = Arrays.copyOf(whole, whole.length - BlobReader.CHECKSUM);
      for (int i = 0; i <= random.nextInt(3); i++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      forged.octets(body);
      try {
        assertThat(ChunkCodec.decode(forged.sealed(), "u").count()).isNotNegative();
      } catch (DamagedBlobException e) {
        assertThat(e).hasMessageMatching(".+");
      }
    }
  }
}
