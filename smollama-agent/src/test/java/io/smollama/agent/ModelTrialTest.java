package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelTrialTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final AtomicLong looks = new AtomicLong();
  private FakeOllama fake;
  private OllamaChatModel model;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeOllama();
    model = new OllamaChatModel(fake.config(MINUTE));
  }

  @AfterEach
  void stop() {
    model.close();
    fake.close();
  }

  /** A second passes from each look at the clock to the next. */
  private ModelTrial trial() {
    return ModelTrial.of(model, MINUTE, () -> looks.getAndIncrement() * 1_000_000_000L);
  }

  @Test
  void measuresTheWayToTheFirstWordAndTheSpeedAfterIt() {
    fake.answers("one two three four five");
    ModelTrial trial = trial();
    assertThat(trial.model()).isEqualTo("tiny:1b");
    assertThat(trial.answer()).isEqualTo("one two three four five");
    assertThat(trial.firstWord()).isEqualTo(Duration.ofSeconds(1));
    assertThat(trial.whole()).isGreaterThan(trial.firstWord());
    double after = trial.whole().minus(trial.firstWord()).toSeconds();
    assertThat(trial.tokensPerSecond()).hasValue(4 / after);
  }

  @Test
  void saysHowItCallsToolsAndWhy() {
    assertThat(trial().calls()).isEqualTo(CallMode.GRAMMAR);
    assertThat(trial().why()).isEqualTo("it did not call a tool when it was told to");
    ObjectNode call = ModelJson.object().put("role", "assistant").put("content", "");
    ObjectNode function = call.putArray("tool_calls").addObject().putObject("function");
    function.put("name", "note").putObject("arguments").put("word", "kettle");
    fake.plays(List.of(ModelJson.object().put("content", "one two"), call));
    ModelTrial trial = trial();
    assertThat(trial.calls()).isEqualTo(CallMode.NATIVE);
    assertThat(trial.why()).isEqualTo("it called a tool when it was told to");
    assertThat(trial.tokensPerSecond()).as("nothing was counted").isEmpty();
  }

  @Test
  void aModelThatDoesNotAnswerIsAFailure() {
    fake.refuses(500, "{\"error\":\"model requires more system memory (9 GiB)\"}");
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(this::trial)
        .withMessageContaining("use a smaller model");
  }
}
