package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatReply;
import io.smollama.core.ToolCall;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PromptBudgetTest {
  private static final ChatMessage RULES = ChatMessage.system("Be short. ".repeat(10));
  private static final ChatMessage LONG_AGO = ChatMessage.user("Long ago. ".repeat(60));
  private static final ChatMessage EARLIER = ChatMessage.assistant("Earlier. ".repeat(30));
  private static final ChatMessage QUESTION = ChatMessage.user("How warm is the attic?");
  private static final ToolCall CALL = new ToolCall("call_1", "read_source", "{}");

  private static List<ChatMessage> fit(int context, ChatMessage... messages) {
    int question = List.of(messages).indexOf(QUESTION);
    return new PromptBudget(OptionalInt.of(context), question)
        .fit(List.of(messages), List.of(), 100);
  }

  @Test
  void whatFitsIsTold() {
    assertThat(fit(2048, RULES, LONG_AGO, EARLIER, QUESTION))
        .containsExactly(RULES, LONG_AGO, EARLIER, QUESTION);
  }

  @Test
  void whatWasSaidLongAgoGoesFirst() {
    assertThat(fit(300, RULES, LONG_AGO, EARLIER, QUESTION))
        .containsExactly(RULES, EARLIER, QUESTION);
  }

  @Test
  void thenOldResultsAreShortened() {
    ChatMessage called = ChatMessage.assistant("", List.of(CALL));
    ChatMessage old = ChatMessage.toolResult(CALL, "old ".repeat(150));
    ChatMessage fresh = ChatMessage.toolResult(CALL, "fresh ".repeat(50));
    List<ChatMessage> told = fit(420, RULES, EARLIER, QUESTION, called, old, called, fresh);
    assertThat(told).startsWith(RULES, QUESTION, called).endsWith(called, fresh);
    assertThat(told.get(3).content()).hasSize(161).endsWith("…");
    assertThat(told.get(3).answers()).contains(CALL);
  }

  @Test
  void aQuestionThatDoesNotFitIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> fit(150, RULES, QUESTION, LONG_AGO))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("context of 150 tokens")
        .hasMessageContaining("num_ctx");
  }

  @Test
  void learnsHowManyCharactersATokenHas() {
    PromptBudget budget = new PromptBudget(OptionalInt.of(300), 3);
    List<ChatMessage> all = List.of(RULES, LONG_AGO, EARLIER, QUESTION);
    assertThat(budget.fit(all, List.of(), 20)).doesNotContain(LONG_AGO);
    budget.learn(all, List.of(), read(240)); // of 992 characters
    assertThat(budget.fit(all, List.of(), 20)).containsExactlyElementsOf(all);
  }

  @Test
  void ofAServerThatDoesNotTellNothingIsLeftOut() {
    List<ChatMessage> all = List.of(LONG_AGO, QUESTION);
    assertThat(new PromptBudget(OptionalInt.empty(), 1).fit(all, List.of(), 100)).isEqualTo(all);
  }

  private static ChatReply read(int tokens) {
    return new ChatReply(
        "Warm.",
        "",
        List.of(),
        ChatReply.Ending.DONE,
        "tiny:1b",
        OptionalInt.of(tokens),
        OptionalInt.of(2));
  }
}
