package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Act;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActApiTest extends NodeFixture {
  private JsonNode act(String body) {
    HttpResponse<String> response = node.postJson("/api/acts", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Node.json(response);
  }

  @Test
  void anOutputIsSwitchedReadBackAndKept() {
    JsonNode done =
        act("{\"target\":\"LED_status\",\"on\":true,\"for\":\"10m\",\"reason\":\"it is dark\"}");
    assertThat(done.path("verdict").asText()).isEqualTo("done");
    assertThat(done.path("says").asText()).isEqualTo("led_status is on, for 10 min");
    assertThat(node.board.isHigh(18)).isTrue();
    JsonNode output = node.json("/api/outputs").path("outputs").path(0);
    assertThat(output.path("on").asBoolean()).isTrue();
    assertThat(output.path("off_in").asLong()).isBetween(500L, 600L);

    act("{\"target\":\"18\",\"on\":false}");
    JsonNode acts = node.json("/api/acts?target=gpio:18").path("acts");
    assertThat(acts.findValuesAsText("on")).containsExactly("false", "true");
    assertThat(acts.path(1).path("caller").asText()).isEqualTo("person");
    assertThat(acts.path(1).path("reason").asText()).isEqualTo("it is dark");
  }

  @Test
  void whatTheLimitsRefuseIsAnAnswer() {
    JsonNode refused = act("{\"target\":\"17\",\"on\":true}");
    assertThat(refused.path("verdict").asText()).isEqualTo("refused");
    assertThat(refused.path("says").asText()).isEqualTo("gpio:17 (motion_sensor) is an input");
  }

  @Test
  void nobodyIsAModelOverHttp() {
    node.envelope.act(
        Act.of(SourceId.parse("gpio:18"), true, Caller.model("tiny"), "<b>because</b>"));
    JsonNode done = act("{\"target\":\"18\",\"on\":true,\"caller\":\"model\"}");
    assertThat(done.path("caller").asText()).isEqualTo("person");
    assertThat(node.json("/api/acts").path("acts").findValuesAsText("caller"))
        .containsExactly("person", "model");
  }

  @Test
  void anInputOfTheSimulatedBoardIsSetAsTheWorldWould() {
    assertThat(node.postJson("/api/pins", "{\"pin\":\"door_switch\",\"high\":true}").statusCode())
        .isEqualTo(200);
    assertThat(node.board.isHigh(27)).isTrue();
    assertThat(node.postJson("/api/pins", "{\"pin\":18,\"high\":true}").body())
        .contains("is an output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'on' is true or false",
        "{\"target\":\"18\",\"on\":\"yes\"} | 'on' is true or false",
        "{\"target\":\"\",\"on\":true} | Source id",
        "{\"target\":\"no id:7\",\"on\":true} | no blank",
        "{\"target\":\"18\",\"on\":true,\"for\":\"soon\"} | 'for' is a time such as 30s or 10m",
        "{\"target\":\"18\",\"on\":true,\"for\":\"0s\"} | 'for' is a time such as 30s or 10m"
      })
  void whatIsAskedWronglyIsSaidSo(String body, String says) {
    HttpResponse<String> response = node.postJson("/api/acts", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(says);
    assertThat(node.json("/api/acts").path("acts")).isEmpty();
  }
}
