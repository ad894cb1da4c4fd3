package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.dashboard.PartHealth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the commands say where the configuration is that of an edge node, and beside one. */
class EdgeCommandsTest extends ProgramFixture {

  private StateFolder runningEdgeNode() {
    StateFolder state = new StateFolder(folder.resolve("state"));
    state.prepare();
    EdgeFile.of(
            "kitchen-pi",
            "smollama/kitchen-pi/readings",
            List.of(new PartHealth("system", PartHealth.State.OK, "10 sources")))
        .write(state.edgeFile());
    return state;
  }

  @Test
  void withoutABrokerNoEdgeNodeStarts() {
    assertThat(run("--set", "agent.mode=edge", "run")).isEqualTo(1);
    assertThat(err).contains("An edge node", "set mqtt.broker");
    assertThat(folder.resolve("state/memory.sqlite")).doesNotExist();
    assertThat(folder.resolve("state/journal.sqlite")).doesNotExist();
    assertThat(run("--set", "agent.mode=edge", "llama")).isEqualTo(1);
    assertThat(err).contains("cannot be a Llama server");
  }

  @Test
  void statusTellsOfAnEdgeNodeAndOtherCommandsSayWhyTheyCannot() throws Exception {
    StateFolder state = runningEdgeNode();
    try (NodeLock lock = NodeLock.tryTake(state.lock()).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(run("status")).isZero();
      assertThat(out)
          .startsWith("kitchen-pi is running as an edge node: process ")
          .contains("under smollama/kitchen-pi/readings", "ok       system      10 sources");
      assertThat(run("status", "--json")).isZero();
      assertThat(new ObjectMapper().readTree(out).path("mode").asText()).isEqualTo("edge");
      assertThat(run("recall", "x")).isEqualTo(1);
      assertThat(err).contains("An edge node runs on", "keeps nothing that can be asked for");
      assertThat(run("run")).isEqualTo(1);
      assertThat(err).contains("An edge node runs on");
    }
  }

  @Test
  void theFileOfAnEdgeNodeThatWasKilledMisleadsNobody() {
    runningEdgeNode();
    assertThat(run("status")).isZero();
    assertThat(out).contains("is not running");
  }

  @Test
  void preflightLooksOnlyAtWhatAnEdgeNodeUses() {
    assertThat(run("--set", "agent.mode=edge", "preflight")).isEqualTo(1);
    assertThat(out).contains("nobody to talk to").doesNotContain("embeddings", "chat", "web page");
    assertThat(
            run("--set", "agent.mode=edge", "--set", "mqtt.broker=tcp://127.0.0.1:1", "preflight"))
        .isZero();
  }
}
