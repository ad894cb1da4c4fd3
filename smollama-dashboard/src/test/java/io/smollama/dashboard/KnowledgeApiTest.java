package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.SourceId;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KnowledgeApiTest extends NodeFixture {
  private void observe(String text, ObservationType type, String... sources) {
    node.store.observe(
        NewObservation.of(text, type, List.of(sources).stream().map(SourceId::parse).toList()));
  }

  @Nested
  class Observations {
    @Test
    void haveTheirShapeNewestFirst() {
      observe("Older", ObservationType.GENERAL);
      node.clock.advance(Duration.ofMinutes(1));
      observe("Newer", ObservationType.ANOMALY, "gpio:17");
      JsonNode body = node.json("/api/observations");
      assertThat(body.path("query").asText()).isEmpty();
      assertThat(body.path("count").asInt()).isEqualTo(2);
      JsonNode first = body.path("observations").path(0);
      assertThat(first.path("id").asText()).hasSize(64);
      assertThat(first.path("timestamp").asText()).isEqualTo("2026-03-01T12:01:00Z");
      assertThat(first.path("text").asText()).isEqualTo("Newer");
      assertThat(first.path("confidence").asDouble()).isEqualTo(0.8);
      assertThat(first.path("observation_type").asText()).isEqualTo("anomaly");
      assertThat(first.path("related_sources").toString()).isEqualTo("[\"gpio:17\"]");
      assertThat(first.path("node").asText()).isEqualTo("pi");
    }

    @Test
    void aQuerySelectsByWordsAndKeepsTheSources() {
      observe("The kitchen is warm", ObservationType.STATUS, "mqtt:kitchen/temperature");
      observe(
          "No traffic on any network port has been seen since early this morning",
          ObservationType.STATUS);
      JsonNode body = node.json("/api/observations?query=kitchen&limit=5");
      assertThat(body.path("query").asText()).isEqualTo("kitchen");
      assertThat(body.path("observations").findValuesAsText("text"))
          .containsExactly("The kitchen is warm");
      assertThat(body.path("observations").path(0).path("related_sources").path(0).asText())
          .isEqualTo("mqtt:kitchen/temperature");
    }

    @Test
    void typeHoursAndLimitBound() {
      observe("Kitchen old", ObservationType.PATTERN);
      node.clock.advance(Duration.ofHours(5));
      observe("Kitchen pattern", ObservationType.PATTERN);
      observe("Kitchen anomaly", ObservationType.ANOMALY);
      assertThat(texts("?obs_type=pattern&hours=2")).containsExactly("Kitchen pattern");
      assertThat(texts("?obs_type=pattern&hours=2&query=kitchen"))
          .containsExactly("Kitchen pattern");
      assertThat(texts("?limit=1")).containsExactly("Kitchen anomaly");
      assertThat(texts("?hours=0")).hasSize(3);
    }

    private List<String> texts(String query) {
      return node.json("/api/observations" + query).path("observations").findValuesAsText("text");
    }
  }

  @Nested
  class Memories {
    @Test
    void haveTheirShape() {
      node.store.remember(NewMemory.of("Bins go out on Monday"));
      node.store.remember(
          NewMemory.of("After two days of rain water comes up through the floor downstairs"));
      JsonNode all = node.json("/api/memories");
      assertThat(all.path("count").asInt()).isEqualTo(2);
      JsonNode body = node.json("/api/memories?q=bins");
      JsonNode first = body.path("memories").path(0);
      assertThat(body.path("memories")).hasSize(1);
      assertThat(first.path("text").asText()).isEqualTo("Bins go out on Monday");
      assertThat(first.path("times_confirmed").asInt()).isEqualTo(1);
      assertThat(first.path("score").asDouble()).isPositive();
      assertThat(first.path("why").asText()).isIn("text", "both");
      assertThat(node.json("/api/memories?query=bins")).isEqualTo(body);
    }

    @Test
    void aFactIsStoredThenConfirmed() {
      String fact = "{\"fact\":\"Bins go out on Monday\",\"confidence\":0.6}";
      HttpResponse<String> first = node.postJson("/api/memories", fact);
      assertThat(first.statusCode()).isEqualTo(201);
      assertThat(Node.json(first).path("status").asText()).isEqualTo("stored");
      assertThat(Node.json(first).path("confidence").asDouble()).isEqualTo(0.6);
      JsonNode second = Node.json(node.postJson("/api/memories", fact));
      assertThat(second.path("status").asText()).isEqualTo("confirmed");
      assertThat(second.path("times_confirmed").asInt()).isEqualTo(2);
      assertThat(second.path("memory_id")).isEqualTo(Node.json(first).path("memory_id"));
    }

    @Test
    void recallTellsWhatIsNearAndWhatWasLeftOver() {
      node.store.remember(NewMemory.of("The cellar is damp"));
      assertThat(node.json("/api/recall?q=cellar").path("hits").path(0).path("near").asBoolean())
          .isTrue();
      JsonNode other =
          node.json("/api/recall?q=Paris+Rome+Vienna+Berlin+Madrid+Lisbon+Oslo+Athens")
              .path("hits")
              .path(0);
      assertThat(other.path("text").asText()).isEqualTo("The cellar is damp");
      assertThat(other.path("near").asBoolean(true)).isFalse();
    }

    @Test
    void recallSpansBothKinds() {
      node.store.remember(NewMemory.of("The cellar is damp"));
      observe("Cellar humidity is high", ObservationType.ANOMALY);
      JsonNode body = node.json("/api/recall?q=cellar&limit=5");
      assertThat(body.path("by_meaning").asBoolean()).isTrue();
      assertThat(body.path("hits").findValuesAsText("kind"))
          .containsExactlyInAnyOrder("memory", "observation");
      assertThat(body.path("hits").findValuesAsText("type"))
          .containsExactlyInAnyOrder("fact", "anomaly");
      assertThat(body.path("hits").path(0).path("age").asText()).isEqualTo("just now");
      assertThat(body.path("uncompared").asInt()).isZero();
      assertThat(node.json("/api/recall?q=cellar&kind=memory").path("hits")).hasSize(1);
      assertThat(node.json("/api/recall?q=cellar&type=anomaly,status").path("hits")).hasSize(1);
      assertThat(node.json("/api/recall?q=cellar&until=2001-01-01T00:00:00Z").path("hits"))
          .isEmpty();
      assertThat(node.json("/api/recall?q=cellar&node=elsewhere").path("hits")).isEmpty();
    }
  }
}
