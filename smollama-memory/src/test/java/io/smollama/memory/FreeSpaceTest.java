package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
  private final AtomicLong left = new AtomicLong();
  private final FreeSpace space = new FreeSpace(left::get, 100_000_000);

  private boolean isLowAt(long bytes) {
    left.set(bytes);
    return space.isLow();
  }

  @Test
  void doesNotSwitchToAndFroAtTheFloor() {
    assertThat(isLowAt(100_000_000)).isFalse();
    assertThat(isLowAt(99_999_999)).isTrue();
    assertThat(space.warning()).contains("less than 100 MB");
    assertThat(isLowAt(124_999_999)).isTrue();
    assertThat(isLowAt(125_000_000)).isFalse();
    assertThat(space.warning()).isEmpty();
    assertThat(isLowAt(124_999_999)).isFalse();
  }

  @Test
  void staysAsItIsWhenNobodyKnows() {
    assertThat(isLowAt(-1)).isFalse();
    assertThat(isLowAt(5)).isTrue();
    assertThat(isLowAt(-1)).isTrue();
  }

  @Test
  void looksAtTheDiskOfAFile(@TempDir Path folder) {
    assertThat(FreeSpace.of(folder.resolve("a.sqlite"), 0).isLow()).isFalse();
    assertThat(FreeSpace.of(folder.resolve("a.sqlite"), Long.MAX_VALUE / 2).isLow()).isTrue();
  }
}
