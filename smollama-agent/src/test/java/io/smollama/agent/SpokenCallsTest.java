package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ToolSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenCallsTest {
  private static final List<ToolSpec> OFFERED =
      List.of(new ToolSpec("read", "", "{}"), new ToolSpec("set-pin", "", "{}"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"name\":\"read\"}|read{}",
        "{\"name\":\"read\",\"arguments\":\"{\\\"a\\\":1}\"}|read{\"a\":1}",
        "{\"type\":\"function\",\"function\":{\"name\":\"read\",\"arguments\":{\"a\":1}}}|read{\"a\":1}",
        "{\"tool_calls\":[{\"name\":\"read\"},{\"name\":\"set-pin\"}]}|read{} set-pin{}",
        "[{\"name\":\"read\",\"parameters\":{\"a\":1}}]|read{\"a\":1}",
        "<tool_call>{\"name\":\"read\"}</tool_call><tool_call>{\"name\":\"read\"}</tool_call>|read{} read{}",
        "<tool_call>{\"name\":\"read\"}|read{}",
        "<function=read>{\"a\":1}</function>|read{\"a\":1}",
        "<tool_call><function=read><parameter=a>hall</parameter></function></tool_call>|read{\"a\":\"hall\"}",
        "<function=read></function>|read{}",
        "[read()]|read{}",
        "[read(a=1, b='x, y', c=True), set-pin(pin=17)]|read{\"a\":1,\"b\":\"x, y\",\"c\":true} set-pin{\"pin\":17}",
        "```python [read()]|read{}",
        "```[read(a=21.30)]```|read{\"a\":21.30}",
        "read(a=1)|read{\"a\":1}",
        "read(a=['hall', 'attic'], b=\"x\")|read{\"a\":[\"hall\",\"attic\"],\"b\":\"x\"}",
        "read{a:[<!\"!>hall<!\"!>],b:<!\"!>x<!\"!>}<tool_call!>|read{\"a\":[\"hall\"],\"b\":\"x\"}",
        "set-pin{pin: 17 }|set-pin{\"pin\":17}",
      })
  void areFoundInTheFormsThatModelsWereTaught(String text, String found) {
    assertThat(found(text.replace('!', '|'))).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "```",
        "```json",
        "``````",
        "{}",
        "{\"answer\":\"read\"}",
        "{\"name\":7}",
        "{\"name\":\"read\"} is what I would call",
        "{\"tool_calls\":[{\"name\":\"read\"},{\"name\":\"erase\"}]}",
        "<tool_call>read</tool_call>",
        "<tool_call>{\"name\":\"read\"}</tool_call> Shall I?",
        "<function=erase>{}</function>",
        "[read(hall)]",
        "[read(a=1) and more]",
        "read(a=1) is what I would call",
        "I would call read(a=1)",
        "read{a:}",
        "erase(a=1)",
      })
  void areNotSeenInAnythingElse(String text) {
    assertThat(found(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set-pin 17",
        "set-pin: 17",
        "read(hall)",
        "read {hall}",
        "read",
        "{\"name\":\"erase\",\"arguments\":{}}",
        "```json\n{\"name\":\"read\"}\n```",
      })
  void whatWasMeantAsACallIsNoAnswer(String text) {
    assertThat(SpokenCalls.isAttempt(text, OFFERED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"read it yourself", "reading is 21 °C", "It is 21 °C", "{21}", "I read(a=1)"})
  void wordsAreNoAttempt(String text) {
    assertThat(SpokenCalls.isAttempt(text, OFFERED)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\\\"", " ", "{", "[", "<function=read>", "<tool_call>", "\n"})
  void areSoughtInLongTextsWithinTheStackOfASmallMachine(String filling) throws Exception {
    String many = filling.repeat(16_000 / filling.length());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> List.of("[read(a=\"" + many + "\")]", many).forEach(SpokenCallsTest::found),
            "small",
            256 << 10);
    small.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    small.start();
    small.join();
    assertThat(thrown.get()).isNull();
  }

  @Test
  void areNotSoughtInTextsThatAreTooLongForACall() {
    assertThat(found("[read(a='" + "x".repeat(9_000) + "')]").isEmpty()).isFalse();
    assertThat(found("[read(a='" + "x".repeat(20_000) + "')]").isEmpty()).isTrue();
  }

  private static String found(String text) {
    return SpokenCalls.in(text, OFFERED).stream()
        .map(call -> call.name() + ModelJson.arguments(call.arguments()))
        .collect(Collectors.joining(" "));
  }
}
