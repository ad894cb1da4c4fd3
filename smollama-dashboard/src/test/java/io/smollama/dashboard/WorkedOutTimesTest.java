package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.WriterClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node said before its clock was set, on the page and in JSON. */
class WorkedOutTimesTest extends NodeFixture {
  private static final EntryId FACT = new EntryId("0a".repeat(32));

  @Test
  void areShownAsSuch() throws Exception {
    take(
        ChainId.KNOWLEDGE,
        FACT,
        60_000,
        Instant.EPOCH.plusSeconds(60),
        ClockQuality.UNKNOWN,
        "mem.add",
        "{\"text\":\"The pump hums\",\"confidence\":700}");
    take(
        ChainId.CONTROL,
        new EntryId("0b".repeat(32)),
        660_000,
        node.clock.instant(),
        ClockQuality.NTP,
        "ctl.clock",
        "{}");
    node.store.catchUp();
    String time = node.clock.instant().minusSeconds(600).toString();
    String shown = "data-lead=\"about \" data-tail=\" ± 2 s\">about 10 min ago ± 2 s</time>";
    assertThat(node.get("/memories").body()).contains("datetime=\"" + time + "\" " + shown);
    assertThat(node.get("/memories?id=" + FACT.hex()).body()).contains(shown);
    JsonNode hit = json("/api/recall?q=pump").path("hits").path(0);
    assertThat(hit.path("time").asText()).isEqualTo(time);
    assertThat(hit.path("time_quality").asText()).isEqualTo("estimated");
    assertThat(hit.path("time_uncertainty_ms").asLong()).isBetween(1_000L, 2_000L);
    assertThat(hit.path("age").asText()).isEqualTo("about 10 min ago ± 2 s");
  }

  private JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(node.get(path).body());
  }

  private void take(
      int stream,
      EntryId id,
      long mono,
      Instant wall,
      ClockQuality quality,
      String type,
      String payload) {
    node.journal.take(
        new JournalEntry(
            id,
            new ChainId(new ReplicaId("5e".repeat(16)), stream),
            1,
            1,
            Optional.of(wall),
            type,
            payload,
            Optional.of(new WriterClock(1, mono, quality))));
  }
}
