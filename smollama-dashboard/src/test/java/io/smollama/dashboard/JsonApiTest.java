package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.testkit.ScriptedChatModel;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonApiTest {
  @TempDir Path folder;
  private Node node;

  @BeforeEach
  void open() {
    node = new Node(folder, Optional.of(new ScriptedChatModel("It is 21.3 °C in the kitchen.")));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void sense() {
    node.readings.add(
        Reading.of("mqtt:kitchen/temperature", 21.3, "celsius", node.clock.instant()));
  }

  private void observe(String text, ObservationType type, String... sources) {
    node.store.observe(
        NewObservation.of(text, type, List.of(sources).stream().map(SourceId::parse).toList()));
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
      observe("One", ObservationType.GENERAL);
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

  @Nested
  class Problems {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        textBlock =
            """
            /api/observations?limit=0      | 'limit' must be a whole number from 1 to 1000, was '0'
            /api/memories?limit=1001       | 'limit' must be a whole number from 1 to 1000, was '1001'
            /api/recall?limit=many         | was 'many'. Leave it out for 20
            /api/recall?kind=dream         | 'kind' is observation or memory, was 'dream'
            /api/recall?since=yesterday    | 'since' must be a time such as 2026-03-01T12:00:00Z
            /api/observations?hours=-1     | 'hours' must be a whole number from 0
            /api/observations?obs_type=odd | one of pattern, anomaly, status, general, summary, was 'odd'
            """)
    void aParameterOutOfBoundsIsNamed(String path, String detail) {
      HttpResponse<String> response = node.get(path);
      assertProblem(response, 400);
      assertThat(Node.json(response).path("detail").asText()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        textBlock =
            """
            /api/ask      | {}                             | 'question' is missing
            /api/ask      | {"question":" "}               | 'question' is missing
            /api/ask      | {"question":                   | The body is not JSON
            /api/ask      | {"question":"a"} x             | The body is not JSON
            /api/ask      | [1]                            | must be a JSON object
            /api/memories | {"fact":3}                     | 'fact' is missing
            /api/memories | {"fact":"a","confidence":1.5}  | The confidence is 0 to 1, was 1.5
            /api/memories | {"fact":"a","confidence":"x"}  | 'confidence' must be a number
            """)
    void aBodyThatIsNotAsItMustBe(String path, String body, String detail) {
      HttpResponse<String> response = node.postJson(path, body);
      assertProblem(response, 400);
      assertThat(Node.json(response).path("detail").asText()).contains(detail);
    }

    @Test
    void aQuestionThatIsTooLong() {
      String body = "{\"question\":\"" + "a".repeat(2_001) + "\"}";
      assertProblem(node.postJson("/api/ask", body), 400);
    }

    @Test
    void aBodyThatIsTooLarge() {
      HttpResponse<String> response =
          node.postJson("/api/memories", "{\"fact\":\"" + "a".repeat(70_000) + "\"}");
      assertProblem(response, 413);
      assertThat(response.body()).contains("65536 bytes");
    }

    @Test
    void anotherContentType() {
      HttpResponse<String> response = node.postForm("/api/ask", "question=a");
      assertProblem(response, 415);
      assertThat(response.body()).contains("application/json");
    }

    @Test
    void anotherMethod() {
      HttpResponse<String> response = node.send(node.request("/api/ask").DELETE());
      assertProblem(response, 405);
      assertThat(response.headers().firstValue("Allow")).contains("POST");
      HttpResponse<String> put =
          node.send(node.request("/api/memories").PUT(HttpRequest.BodyPublishers.noBody()));
      assertThat(put.headers().firstValue("Allow")).contains("GET, POST");
    }

    @Test
    void anUnknownPath() {
      assertProblem(node.get("/api/nothing"), 404);
      assertThat(node.get("/nothing").statusCode()).isEqualTo(404);
      assertThat(node.get("/nothing").headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain");
    }

    private void assertProblem(HttpResponse<String> response, int status) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(Node.json(response).path("status").asInt()).isEqualTo(status);
      assertThat(Node.json(response).path("detail").asText()).isNotBlank();
    }
  }
}
