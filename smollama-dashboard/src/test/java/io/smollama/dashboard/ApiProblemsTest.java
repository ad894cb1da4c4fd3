package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiProblemsTest extends NodeFixture {
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
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(Node.json(response).path("status").asInt()).isEqualTo(status);
    assertThat(Node.json(response).path("detail").asText()).isNotBlank();
  }
}
