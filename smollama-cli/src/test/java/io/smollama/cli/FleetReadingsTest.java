package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sources of nodes say, on a server: real files, real HTTP on the loopback. */
class FleetReadingsTest {
  private static final SourceId HERE = SourceId.parse("i2c:temperature");

  @TempDir Path folder;

  @Test
  void areOnTheServerAndOnANodeThatTakesThem() {
    try (SharingNode llama = SharingNode.llama(folder.resolve("llama"), 0)) {
      String server = "sync.llama_url=" + llama.forNodes();
      measureAndShare(folder.resolve("kitchen"), server);
      try (SharingNode kitchen = SharingNode.start(folder.resolve("kitchen"), "kitchen", server);
          SharingNode cellar =
              SharingNode.start(folder.resolve("cellar"), "cellar", server, "sync.take=rollups")) {
        kitchen.meet();
        cellar.meet();

        assertThat(latest(llama)).containsExactly("node:kitchen/i2c:temperature 21.4 °C");
        assertThat(latest(cellar)).containsExactly("node:kitchen/i2c:temperature 21.4 °C");
        assertThat(latest(kitchen)).isEmpty();
      }
    }
  }

  /** With no sampler beside it, whose readings of now would hold back what they stand with. */
  private static void measureAndShare(Path home, String server) {
    try (Parts parts = SharingNode.parts(home, "kitchen", server)) {
      parts.readingsInLog().share();
      Instant time = Instant.now().minusSeconds(900).truncatedTo(ChronoUnit.MILLIS);
      Reading warm = Reading.of(HERE.toString(), 21.4, "celsius", time);
      parts.memory().readings().append(List.of(warm));
      parts.readingsInLog().share();
    }
  }

  private static List<String> latest(SharingNode node) {
    node.parts().memory().catchUp();
    return node.parts().memory().readings().latest().stream()
        .filter(reading -> reading.source().node().isPresent())
        .map(Reading::describe)
        .toList();
  }
}
