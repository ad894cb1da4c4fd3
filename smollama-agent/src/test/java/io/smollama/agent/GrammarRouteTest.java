package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChatMessage;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import io.smollama.testkit.ScriptedChatModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrammarRouteTest {
  private static final ToolSpec READ =
      new ToolSpec(
          "read",
          "Reads a source.",
          "{\"type\":\"object\",\"properties\":{\"source\":{\"type\":\"string\",\"description\":\"which\",\"enum\":[\"hall\",\"attic\"]}},\"required\":[\"source\"]}");

  private final ScriptedChatModel model = new ScriptedChatModel();
  private final List<String> done = new ArrayList<>();

  private final Tool read =
      new Tool() {
        @Override
        public ToolSpec spec() {
          return READ;
        }

        @Override
        public ToolResult call(ToolArguments arguments, Asker by) {
          done.add(arguments.text("source"));
          return ToolResult.of("21 °C");
        }
      };

  private Turn run(ToolLoop loop) {
    return loop.run(List.of(ChatMessage.user("how warm is the hall")), TurnListener.NONE);
  }

  private ToolLoop byGrammar() {
    return new ToolLoop(
        model, List.of(read), TurnLimits.defaults(), CallMode.GRAMMAR, System::nanoTime);
  }

  @Test
  void eachToolIsAWayAndAnAnswerIsAnother() {
    assertThat(GrammarRoute.schema(List.of(READ)).toString())
        .isEqualTo(
            "{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"action\":{\"const\":\"read\"},\"arguments\":{\"type\":\"object\",\"properties\":{\"source\":{\"type\":\"string\",\"enum\":[\"hall\",\"attic\"]}},\"required\":[\"source\"],\"additionalProperties\":false}},\"required\":[\"action\",\"arguments\"],\"additionalProperties\":false},{\"type\":\"object\",\"properties\":{\"action\":{\"const\":\"answer\"}},\"required\":[\"action\"],\"additionalProperties\":false}]}");
  }

  @Test
  void aChoiceIsDoneAndThenAnsweredInWords() {
    model
        .says("{\"action\":\"read\",\"arguments\":{\"source\":\"hall\"}}\n\n\t")
        .says("It is 21 °C.");
    Turn turn = run(byGrammar());
    assertThat(done).containsExactly("hall");
    assertThat(turn.text()).isEqualTo("It is 21 °C.");
    assertThat(turn.ending()).isEqualTo(Turn.Ending.ANSWERED);
    assertThat(model.asked().get(0).tools()).isEmpty();
    assertThat(model.asked().get(0).format()).isPresent();
    assertThat(model.asked().get(1).format()).isEmpty();
    assertThat(model.asked().get(1).messages())
        .extracting(ChatMessage::content)
        .contains("read says: 21 °C");
  }

  @Test
  void whoChoosesToAnswerAnswers() {
    model.says("{\"action\":\"answer\"}").says("Hello.");
    assertThat(run(byGrammar()).text()).isEqualTo("Hello.");
    assertThat(done).isEmpty();
  }

  @Test
  void whatFollowsNoGrammarIsTakenForAnAnswerInWords() {
    model.says("I do not know").says("I do not know.");
    assertThat(run(byGrammar()).uses()).isEmpty();
  }

  @Test
  void aModelIsTriedOnceAndThenKnown() {
    ToolLoop loop = ToolLoop.of(model, List.of(read), TurnLimits.defaults(), System::nanoTime);
    model.says("note kettle"); // the trial
    model.says("{\"action\":\"answer\"}").says("First.");
    assertThat(run(loop).text()).isEqualTo("First.");
    model.says("{\"action\":\"answer\"}").says("Second.");
    assertThat(run(loop).text()).isEqualTo("Second.");
  }

  @Test
  void aModelThatCallsWellCallsByItself() {
    ToolLoop loop = ToolLoop.of(model, List.of(read), TurnLimits.defaults(), System::nanoTime);
    model.calls(new ToolCall("1", "note", "{\"word\":\"Kettle\"}")).says("Hello.");
    assertThat(run(loop).text()).isEqualTo("Hello.");
    assertThat(model.asked().get(1).tools()).containsExactly(READ);
  }
}
