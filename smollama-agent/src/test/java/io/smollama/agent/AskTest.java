package io.smollama.agent;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Reading;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ScriptedChatModel;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final EmbeddingProvider words = new WordEmbeddings(1024);
  private MemoryStore store;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            new InMemoryJournal(clock),
            Optional.of(words),
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Nested
  class WithoutAModel {
    @Test
    void theListIsTheAnswerAndSaysSo() {
      sense();
      clock.advance(Duration.ofSeconds(12));
      Answer answer = ask(Optional.empty()).ask("How warm is the kitchen?");
      assertThat(answer.text())
          .startsWith("No language model is at hand")
          .contains("mqtt:kitchen/temperature 21.3 °C, 12 s ago");
      assertThat(answer.sources().get(0).reading().source())
          .hasToString("mqtt:kitchen/temperature");
      assertThat(answer.model()).isEmpty();
    }

    @Test
    void memoriesThatShareWordsAreNamed() {
      sense();
      store.remember(NewMemory.of("The kitchen window does not close well"));
      store.remember(NewMemory.of("Bins go out on Monday"));
      Answer answer = ask(Optional.empty()).ask("which window is broken");
      assertThat(answer.text()).contains("kitchen window does not close").doesNotContain("Bins");
    }

    @Test
    void aMemoryThatIsNearerThanAnySourceIsNamedAlone() {
      sense();
      store.remember(NewMemory.of("rain floods cellar"));
      Answer answer =
          ask(Optional.empty())
              .ask("cellar Paris Rome Vienna Berlin Madrid Lisbon Oslo Athens Dublin Prague");
      assertThat(answer.memories()).hasSize(1);
      assertThat(answer.text()).contains("rain floods cellar").doesNotContain("gpio:17");
    }

    @Test
    void withoutAnEmbedderSharedWordsFindTheSource() {
      sense();
      Ask ask = new Ask(store, List::of, Optional.empty(), Optional.empty(), clock, UTC);
      assertThat(ask.ask("is the kitchen warm").sources().get(0).reading().source())
          .hasToString("mqtt:kitchen/temperature");
    }

    @Test
    void knowingNothingIsSaid() {
      assertThat(ask(Optional.empty()).ask("How warm is it?").text())
          .startsWith("Nothing is known yet");
    }

    @Test
    void aQuestionThatFitsNothingIsToldSoAndNoModelIsAsked() {
      sense();
      ScriptedChatModel model = new ScriptedChatModel("Paris, of course.");
      Answer answer =
          ask(Optional.of(model))
              .ask("Paris Rome Vienna London Berlin Madrid Lisbon Oslo Athens Dublin Prague");
      assertThat(answer.text()).startsWith("Nothing that is known here fits").contains("gpio:17");
      assertThat(model.asked()).isEmpty();
    }

    @Test
    void liveReadingsGoBeforeStoredOnes() {
      sense();
      Reading live = Reading.of("mqtt:kitchen/temperature", 25, "celsius", clock.instant());
      Ask ask =
          new Ask(store, () -> List.of(live), Optional.of(words), Optional.empty(), clock, UTC);
      assertThat(ask.ask("kitchen temperature").text())
          .contains("mqtt:kitchen/temperature 25 °C, just now")
          .doesNotContain("21.3");
    }

    @Test
    void whatIsUsualIsTold() {
      for (int i = 0; i < 40; i++) {
        store
            .readings()
            .append(List.of(Reading.of("system:load_avg", 0.4, "load", clock.instant())));
        clock.advance(Duration.ofSeconds(5));
      }
      assertThat(ask(Optional.empty()).ask("how busy is the machine").text())
          .contains("system:load_avg 0.4, 5 s ago (usually 0.4)");
    }

    @Test
    void anEmptyQuestionIsRefused() {
      assertThatThrownBy(() -> ask(Optional.empty()).ask(" ")).hasMessageContaining("at least one");
    }
  }

  @Nested
  class WithAModel {
    @Test
    void itPutsTheFactsIntoWordsAndTheFactsFollow() {
      sense();
      ScriptedChatModel model = new ScriptedChatModel("The kitchen has 21.3 °C.");
      Answer answer = ask(Optional.of(model)).ask("How warm is the kitchen?");
      assertThat(answer.text())
          .startsWith("The kitchen has 21.3 °C.")
          .contains("mqtt:kitchen/temperature 21.3 °C, just now");
      assertThat(answer.model()).contains("scripted:1");
      List<ChatMessage> asked = model.asked().get(0).messages();
      String prompt = asked.get(asked.size() - 1).content();
      assertThat(prompt).contains("kitchen temperature is 21.3 °C", "Question: How warm");
    }

    @Test
    void aNumberThatNobodyMeasuredIsNotPassedOn() {
      sense();
      Answer answer =
          ask(Optional.of(new ScriptedChatModel("It is 35 degrees.")))
              .ask("How warm is the kitchen?");
      assertThat(answer.text()).doesNotContain("35").contains("21.3 °C");
      assertThat(answer.model()).isEmpty();
    }

    @Test
    void anEmptyAnswerIsNotShown() {
      sense();
      Answer answer = ask(Optional.of(new ScriptedChatModel(" "))).ask("How warm is the kitchen?");
      assertThat(answer.text()).contains("said nothing", "21.3 °C");
    }

    @Test
    void oneThatFailsInTheMiddleLeavesTheList() {
      sense();
      ScriptedChatModel atItsEnd = new ScriptedChatModel();
      ChatModel seemsThere =
          new ChatModel() {
            @Override
            public Optional<ChatCapabilities> capabilities() {
              return Optional.of(
                  new ChatCapabilities("gone:1", false, false, false, OptionalInt.empty()));
            }

            @Override
            public ChatReply chat(ChatRequest request, Consumer<String> listener) {
              return atItsEnd.chat(request);
            }
          };
      Answer answer = ask(Optional.of(seemsThere)).ask("How warm is the kitchen?");
      assertThat(answer.text()).contains("did not answer", "script is at its end", "21.3 °C");
    }
  }

  private void sense() {
    store
        .readings()
        .append(
            List.of(
                Reading.of("mqtt:kitchen/temperature", 21.3, "celsius", clock.instant()),
                Reading.of("system:load_avg", 0.4, "load", clock.instant()),
                Reading.of("gpio:17", true, clock.instant())));
  }

  private Ask ask(Optional<ChatModel> model) {
    return new Ask(store, List::of, Optional.of(words), model, clock, UTC);
  }
}
