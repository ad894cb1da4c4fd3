package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatModel;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.testkit.ScriptedChatModel;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the node says of itself: its readings, its state and its answers. */
class NodeApiTest extends NodeFixture {
  @Override
  Optional<ChatModel> model() {
    return Optional.of(new ScriptedChatModel("It is 21.3 °C in the kitchen."));
  }

  private void sense() {
    node.readings.add(
        Reading.of("mqtt:kitchen/temperature", 21.3, "celsius", node.clock.instant()));
  }

  @Nested
  class Readings {
    @Test
    void haveTheirShape() {
      node.readings.add(
          new Reading(
              SourceId.parse("gpio:17"),
              new ReadingValue.Flag(true),
              "boolean",
              node.clock.instant(),
              Map.of("name", "porch")));
      JsonNode body = node.json("/api/readings");
      assertThat(body.path("timestamp").asText()).isEqualTo("2026-03-01T12:00:00Z");
      assertThat(body.path("readings").path(0).toString())
          .isEqualTo(
              "{\"full_id\":\"gpio:17\",\"value\":1,\"unit\":\"boolean\","
                  + "\"timestamp\":\"2026-03-01T12:00:00Z\",\"metadata\":{\"name\":\"porch\"}}");
    }

    @Test
    void keepNumbersTextsAndStructuresAsTheyAre() {
      value("a", new ReadingValue.Quantity(45.5));
      value("b", new ReadingValue.Quantity(Double.NaN));
      value("c", new ReadingValue.Text("54"));
      value("d", new ReadingValue.Json("{\"x\":[1,2]}"));
      value("e", new ReadingValue.Json("{broken"));
      assertThat(node.json("/api/readings").path("readings").findValues("value").toString())
          .isEqualTo("[45.5, null, \"54\", {\"x\":[1,2]}, \"{broken\"]");
    }

    @Test
    void includeWhatWasPushed() {
      node.dashboard.readings(List.of(Reading.of("t:pushed", 7, "", node.clock.instant())));
      assertThat(node.json("/api/readings").path("readings").path(0).path("value").asInt())
          .isEqualTo(7);
    }

    @Test
    void aFailureIsASentenceWithoutATrace() {
      node.readings.add(null);
      HttpResponse<String> response = node.get("/api/readings");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body())
          .contains("Its log says what")
          .doesNotContain("Exception", "\tat ");
    }

    private void value(String id, ReadingValue value) {
      node.readings.add(
          new Reading(new SourceId("t", id), value, "", node.clock.instant(), Map.of()));
    }
  }

  @Nested
  class Asking {
    @Test
    void namesSourcesMemoriesAndModel() {
      sense();
      node.store.remember(NewMemory.of("The kitchen faces south"));
      JsonNode body =
          Node.json(node.postJson("/api/ask", "{\"question\":\"How warm is the kitchen?\"}"));
      assertThat(body.path("question").asText()).isEqualTo("How warm is the kitchen?");
      assertThat(body.path("answer").asText()).startsWith("It is 21.3 °C");
      assertThat(body.path("sources").toString()).isEqualTo("[\"mqtt:kitchen/temperature\"]");
      assertThat(body.path("memories").toString()).isEqualTo("[\"The kitchen faces south\"]");
      assertThat(body.path("model").asText()).isEqualTo("scripted:1");
    }

    @Test
    void withoutAModelItIsNull() {
      sense();
      node.postJson("/api/ask", "{\"question\":\"how warm is the kitchen\"}");
      JsonNode body = Node.json(node.postJson("/api/ask", "{\"question\":\"kitchen\"}"));
      assertThat(body.path("model").isNull()).isTrue();
      assertThat(body.path("answer").asText()).startsWith("No language model is at hand");
    }
  }

  @Nested
  class State {
    @Test
    void statsCount() {
      sense();
      node.store.observe(NewObservation.of("One", ObservationType.GENERAL, List.of()));
      JsonNode body = node.json("/api/stats");
      assertThat(body.path("node_name").asText()).isEqualTo("pi-test");
      assertThat(body.path("observations_count").asInt()).isEqualTo(1);
      assertThat(body.path("memories_count").asInt()).isZero();
      assertThat(body.path("readings_count").asInt()).isZero();
      assertThat(body.path("source_count").asInt()).isEqualTo(1);
      assertThat(body.path("version").asText()).isEqualTo("1.2.3");
      assertThat(body.path("timestamp").asText()).isNotEmpty();
    }

    @Test
    void anAbsentPartIsNoFault() {
      node.health.add(new PartHealth("model", PartHealth.State.ABSENT, "no Ollama"));
      JsonNode body = node.json("/api/health");
      assertThat(body.path("status").asText()).isEqualTo("ok");
      assertThat(body.path("components").path("model").toString())
          .isEqualTo("{\"state\":\"absent\",\"says\":\"no Ollama\"}");
    }

    @Test
    void aFailingPartDegradesAndIsStillAnswered() {
      node.health.add(new PartHealth("sync", PartHealth.State.FAILING, "no answer"));
      HttpResponse<String> response = node.get("/api/health");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(Node.json(response).path("status").asText()).isEqualTo("degraded");
    }

    @Test
    void livezSaysOk() {
      assertThat(node.get("/livez").body()).isEqualTo("ok\n");
    }
  }
}
