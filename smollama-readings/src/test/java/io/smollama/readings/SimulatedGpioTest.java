package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedGpioTest {
  private long nanos = 5;
  private final SimulatedGpio board = SimulatedGpio.demoBoard(() -> nanos);

  @Test
  void demoBoardIsUsedWhenNoPinIsConfigured() {
    assertThat(SimulatedGpio.of(GpioConfig.defaults(), () -> nanos).pins()).isEqualTo(board.pins());
    GpioPin pump = new GpioPin(4, "pump", PinMode.OUTPUT);
    assertThat(SimulatedGpio.of(new GpioConfig(true, List.of(pump)), () -> nanos).pins())
        .containsExactly(pump);
  }

  @Test
  void levelsAreLowAtFirstAndChangeOnlyWhenSet() {
    board.set(17, true);
    assertThat(board.isHigh(17)).isTrue();
    assertThat(board.isHigh(27)).isFalse();
    board.set(17, false);
    assertThat(board.isHigh(17)).isFalse();
  }

  @Test
  void tellsEdgesAndNoRepetitions() {
    List<Edge> edges = new ArrayList<>();
    board.openInput(17, Pull.NONE, Optional.of(edges::add));
    board.set(17, true);
    nanos = 9;
    board.set(17, true);
    board.set(17, false);
    board.openInput(17, Pull.NONE, Optional.empty());
    board.set(17, true);
    assertThat(edges).containsExactly(new Edge(17, true, 5), new Edge(17, false, 9));
  }

  @Test
  void anInputThatIsDrawnUpIsHighUntilSomethingDrawsItDown() {
    board.openInput(17, Pull.UP, Optional.empty());
    assertThat(board.isHigh(17)).isTrue();
    board.set(17, false);
    board.openInput(17, Pull.UP, Optional.empty());
    assertThat(board.isHigh(17)).isFalse();
  }

  @Test
  void unknownPinsAreRefused() {
    assertThatThrownBy(() -> board.set(4, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4");
    assertThatThrownBy(() -> board.isHigh(4)).isInstanceOf(IllegalArgumentException.class);
  }
}
