package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryApiTest extends NodeFixture {
  private String say(String fact) {
    return node.store.remember(NewMemory.of(fact)).memory().id().hex();
  }

  private JsonNode change(String what, String body) {
    HttpResponse<String> response = node.postJson("/api/memory/" + what, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Node.json(response);
  }

  @Test
  void aFactIsEditedAndShownWithItsHistory() {
    String id = say("The celar is damp");
    JsonNode edited =
        change(
            "edit",
            "{\"id\":\"%s\",\"text\":\"The cellar is damp\",\"tags\":[\"house\"],\"valid_to\":\"2027-01-01T00:00:00Z\"}"
                .formatted(id.substring(0, 6)));
    assertThat(edited.path("text").asText()).isEqualTo("The cellar is damp");
    JsonNode shown = node.json("/api/memory/show?id=" + id);
    assertThat(shown.path("tags").toString()).isEqualTo("[\"house\"]");
    assertThat(shown.path("valid_to").asText()).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(shown.path("true_now").asBoolean()).isTrue();
    assertThat(shown.path("history").findValuesAsText("what"))
        .containsExactly(
            "said: The celar is damp",
            "edited, words: The cellar is damp; tags: house; true until 2027-01-01T00:00:00Z");
    JsonNode open = change("edit", "{\"id\":\"%s\",\"valid_to\":null}".formatted(id));
    assertThat(open.path("valid_to").isNull()).isTrue();
  }

  @Test
  void aRetractedFactIsListedOnlyWithAll() {
    String id = say("The moon is warm");
    JsonNode retracted = change("retract", "{\"id\":\"" + id + "\",\"reason\":\"nonsense\"}");
    assertThat(retracted.path("active").asBoolean()).isFalse();
    assertThat(node.json("/api/memory/list").path("count").asInt()).isZero();
    assertThat(node.json("/api/memory/list?all=true").path("memories").findValuesAsText("id"))
        .containsExactly(id);
    assertThat(change("restore", "{\"id\":\"" + id + "\"}").path("active").asBoolean()).isTrue();
    assertThat(node.json("/api/memory/list").path("count").asInt()).isEqualTo(1);
  }

  @Test
  void twoFactsBecomeOne() {
    String one = say("Bins: Monday");
    String other = say("The dustbins are emptied each Monday");
    JsonNode merged = change("merge", "{\"id\":\"%s\",\"other\":\"%s\"}".formatted(one, other));
    assertThat(merged.path("id").asText()).isEqualTo(one);
    assertThat(merged.path("times_confirmed").asInt()).isEqualTo(2);
    assertThat(change("dispute", "{\"id\":\"" + other + "\"}").path("id").asText()).isEqualTo(one);
  }

  @Test
  void aFactThatReplacesAnotherNamesIt() {
    String old = say("Anna lives in Bonn");
    JsonNode stored =
        Node.json(
            node.postJson(
                "/api/memories",
                "{\"fact\":\"Anna moved to Kiel\",\"replaces\":\"" + old.substring(0, 8) + "\"}"));
    assertThat(stored.path("status").asText()).isEqualTo("replaced");
    assertThat(stored.path("replaced").findValuesAsText("id")).containsExactly(old);
    assertThat(node.json("/api/memory/list").path("memories").findValuesAsText("text"))
        .containsExactly("Anna moved to Kiel");
    assertThat(node.json("/api/memory/list?believed=2026-02-01T00:00:00Z").path("count").asInt())
        .isZero();
  }

  @Test
  void anObservationIsRetracted() {
    String id =
        node.store
            .observe(NewObservation.of("Smoke", ObservationType.ANOMALY, List.of()))
            .id()
            .hex();
    assertThat(change("retract-observation", "{\"id\":\"" + id + "\"}").path("hidden").asBoolean())
        .isTrue();
    assertThat(node.json("/api/memory/show?id=" + id).path("kind").asText())
        .isEqualTo("observation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          retract | {}                                | 'id' is missing
          retract | {"id":"abc"}                      | at least 6
          retract | {"id":"abcdef"}                   | There is no fact abcdef
          edit    | {"id":"abcdef","confidence":"x"}  | There is no fact abcdef
          retract-observation | {"id":"abcdef"}       | no observation abcdef
          """)
  void whatIsAskedWronglyIsNamed(String what, String body, String detail) {
    HttpResponse<String> response = node.postJson("/api/memory/" + what, body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Node.json(response).path("detail").asText()).contains(detail);
  }

  @Test
  void anotherSiteChangesNothing() {
    String id = say("The cellar is damp");
    HttpResponse<String> response =
        node.postJson(
            "/api/memory/retract", "{\"id\":\"" + id + "\"}", "Sec-Fetch-Site", "cross-site");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(node.get("/api/memory/retract?id=" + id).statusCode()).isEqualTo(405);
    assertThat(node.store.memories(5)).hasSize(1);
  }

  @Test
  void linesAreImportedOnceAllOrNone() {
    String lines =
        "{\"lines\":[\"{\\\"kind\\\":\\\"memory\\\",\\\"text\\\":\\\"Bins go out\\\"}\"]}";
    assertThat(change("import", lines).path("added").asInt()).isEqualTo(1);
    assertThat(change("import", lines).path("known").asInt()).isEqualTo(1);
    HttpResponse<String> refused =
        node.postJson(
            "/api/memory/import", lines.replace("]}", ",\"{\\\"kind\\\":\\\"memory\\\"}\"]}"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Line 2 'text' is missing");
    assertThat(node.json("/api/memory/stats").path("memories").asInt()).isEqualTo(1);
  }

  @Test
  void theMemoryIsLookedAfter() {
    say("The bins go out on Monday");
    assertThat(change("reindex", "{}").path("total").asInt()).isEqualTo(1);
    assertThat(change("compact", "{\"older_than_days\":0}").path("summaries").asInt()).isZero();
    assertThat(node.postJson("/api/memory/compact", "{\"older_than_days\":-1}").statusCode())
        .isEqualTo(400);
  }
}
