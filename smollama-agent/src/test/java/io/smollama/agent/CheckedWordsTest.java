package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedWordsTest {
  private static final String SITUATION = "Readings:\nattic is 21.3 °C; pump is off";
  private final StringBuilder heard = new StringBuilder();

  private CheckedWords words(CallMode mode) {
    TurnListener listener =
        new TurnListener() {
          @Override
          public void words(String piece) {
            heard.append(piece).append('|');
          }
        };
    return new CheckedWords(listener, new BorneOut(mode, SITUATION, "how warm is it"));
  }

  private static void say(CheckedWords words, String text) {
    for (String piece : text.split("(?<= )")) {
      words.words(piece);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'It is 21.3 °C there. Cosy, is it not? ';'It is 21.3 °C there. |Cosy, is it not? |'",
        "'It is 21.3 °C. The pump is on. More of it. ';'It is 21.3 °C. |'",
        "'It is 22 °C. That is warm. ';''",
        "'I have switched the pump on. It is 21.3 °C. ';''",
        "'An unfinished 21.3 °C';''",
      })
  void areHeardUntilOneCannotBeShown(String said, String expected) {
    say(words(CallMode.NATIVE), said);
    assertThat(heard).hasToString(expected == null ? "" : expected);
  }

  @Test
  void ofASmallModelOnlyWhatStatesAFactIsHeard() {
    say(words(CallMode.GRAMMAR), "It is 21.3 °C there. Cosy, is it not? ");
    assertThat(heard).hasToString("It is 21.3 °C there. |");
  }

  @Test
  void whatAToolFoundCanBeSaid() {
    CheckedWords words = words(CallMode.NATIVE);
    words.used(
        new Turn.Use(
            new ToolCall("1", "read_source", "{}"),
            ToolResult.of("cellar: 12.5 °C"),
            false,
            false));
    say(words, "The cellar has 12.5 °C. ");
    assertThat(heard).hasToString("The cellar has 12.5 °C. |");
  }
}
