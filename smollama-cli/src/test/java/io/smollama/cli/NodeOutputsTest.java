package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.SimulatedGpio;
import io.smollama.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeOutputsTest {
  private static final SourceId LED = SourceId.parse("gpio:18");

  private final ManualClock clock = new ManualClock();
  private final List<ActRecord> records = new ArrayList<>();
  private final AuditTrail audit =
      new AuditTrail() {
        @Override
        public void record(ActRecord record) {
          records.add(0, record);
        }

        @Override
        public List<ActRecord> latest(Optional<SourceId> target, int limit) {
          return records.stream().limit(limit).toList();
        }
      };

  private NodeOutputs start() {
    SimulatedGpio board = SimulatedGpio.demoBoard(System::nanoTime);
    return NodeOutputs.start(GpioReadings.of(board, clock, System::nanoTime), audit, clock);
  }

  @Test
  void whatTheLastProcessLeftOnAndIsOffIsTold() {
    NodeOutputs killed = start();
    killed.envelope().act(Act.of(LED, true, Caller.person("cli"), "a test"));
    assertThat(records).hasSize(1);
    NodeOutputs next = start(); // of a process that was killed before it could leave its outputs
    assertThat(records).hasSize(2);
    assertThat(records.get(0).act().on()).isFalse();
    assertThat(records.get(0).act().reason()).isEqualTo("it was so when the node started");
    next.close();
    start().close();
    assertThat(records).hasSize(2);
    killed.close();
  }
}
