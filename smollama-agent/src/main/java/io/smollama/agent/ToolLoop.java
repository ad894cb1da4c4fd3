package io.smollama.agent;

import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a model answer with the help of tools, within limits that no model can break: it is asked,
 * the tools that it calls are run, it reads the results and is asked again, until it answers in
 * words. A call that misses its schema or names no tool becomes a line that says so; the same call
 * gives the first result again, and the fourth ends the calling; a result is cut to what fits. Once
 * it has read words from outside, tools that act are not called any more in this turn. Thread-safe.
 */
public final class ToolLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ToolLoop.class);
  private static final String GO_ON = "Answer now in one or two sentences, without calling a tool.";
  private static final String NO_CALL =
      "That was neither an answer nor a call that can be read. Call a tool in its form, or answer in words.";

  private final ChatModel model;
  private final ToolBox tools;
  private final TurnLimits limits;
  private final Supplier<CallMode> mode;
  private final LongSupplier nanos;
  private final boolean readOutside;

  /**
   * A loop.
   *
   * @param tools what the model may call; their names differ
   * @param mode how the model is brought to call
   * @param nanos a steady clock, such as {@link System#nanoTime}
   */
  public ToolLoop(
      ChatModel model, List<Tool> tools, TurnLimits limits, CallMode mode, LongSupplier nanos) {
    this(model, new ToolBox(tools), limits, () -> mode, nanos, false);
  }

  private ToolLoop(
      ChatModel model,
      ToolBox tools,
      TurnLimits limits,
      Supplier<CallMode> mode,
      LongSupplier nanos,
      boolean readOutside) {
    this.model = model;
    this.tools = tools;
    this.limits = limits;
    this.mode = mode;
    this.nanos = nanos;
    this.readOutside = readOutside;
  }

  /** A loop that finds out how the model is brought to call, by trying it once. */
  public static ToolLoop of(
      ChatModel model, List<Tool> tools, TurnLimits limits, LongSupplier nanos) {
    CallModes modes = new CallModes();
    return new ToolLoop(model, new ToolBox(tools), limits, () -> modes.of(model), nanos, false);
  }

  /** The same loop for questions that hold words from outside: nothing acts from the beginning. */
  public ToolLoop distrusting() {
    return new ToolLoop(model, tools, limits, mode, nanos, true);
  }

  /**
   * Has a question answered.
   *
   * @param conversation instructions, what was said before and, last, the question
   * @throws ChatException if the model is away or fails before it called anything; what was done
   *     until it failed is a turn
   */
  public Turn run(List<ChatMessage> conversation, TurnListener listener) {
    return new Course(conversation, mode.get(), listener).runOrTell();
  }

  /** One turn. One thread at a time. */
  private final class Course {
    private final List<ChatMessage> messages;
    private final CallMode mode;
    private final TurnListener listener;
    private final CallsSoFar calls;
    private final PromptBudget budget;
    private final long begin = nanos.getAsLong();
    private Optional<String> speaker = Optional.empty();
    private boolean nudged;

    Course(List<ChatMessage> conversation, CallMode mode, TurnListener listener) {
      this.messages = new ArrayList<>(conversation);
      this.mode = mode;
      this.listener = listener;
      this.calls = new CallsSoFar(tools, limits, readOutside);
      this.budget =
          new PromptBudget(
              model.capabilities().map(ChatCapabilities::contextTokens).orElse(OptionalInt.empty()),
              conversation.size() - 1);
    }

    Turn runOrTell() {
      try {
        return run();
      } catch (ChatException e) {
        if (calls.uses().isEmpty()) {
          throw e;
        }
        String why = "The model did not answer any more (%s).".formatted(e.getMessage());
        return turn(calls.asAnswer(why), Turn.Ending.SILENT);
      }
    }

    private Turn run() {
      Turn.Ending ending = Turn.Ending.LIMITS;
      for (int round = 1; round < limits.rounds() && left().compareTo(Duration.ZERO) > 0; round++) {
        ChatReply reply = mode == CallMode.NATIVE ? ask(tools.specs()) : choose();
        if (reply.toolCalls().isEmpty() && mode == CallMode.GRAMMAR) {
          ending = Turn.Ending.ANSWERED; // it chose to answer, which it has still to do
          break;
        } else if (reply.toolCalls().isEmpty() && isAnswer(reply)) {
          return turn(reply.text(), Turn.Ending.ANSWERED);
        } else if (reply.toolCalls().isEmpty()) {
          if (nudged) {
            ending = Turn.Ending.SILENT;
            break;
          }
          nudged = true;
          messages.add(ChatMessage.user(reply.text().isBlank() ? GO_ON : NO_CALL));
        } else {
          messages.add(
              ChatMessage.assistant(
                  reply.text(), reply.toolCalls().stream().map(CallsSoFar::repeatable).toList()));
          reply.toolCalls().forEach(this::use);
          if (calls.isLooping()) {
            ending = Turn.Ending.LOOPED;
            break;
          } else if (calls.areUsedUp()) {
            break;
          } else if (mode == CallMode.GRAMMAR && (round > 1 || !calls.lastFailed())) {
            ending = Turn.Ending.ANSWERED; // one result is what such a model can make sense of
            break;
          }
        }
      }
      return withoutTools(ending);
    }

    /** What looks like a call comes in one piece. */
    private void tell(String piece) {
      if (!SpokenCalls.isAttempt(piece.strip(), tools.specs())) {
        listener.words(piece);
      }
    }

    /** A call that went wrong is nothing to show. */
    private boolean isAnswer(ChatReply reply) {
      return !reply.text().isBlank() && !SpokenCalls.isAttempt(reply.text(), tools.specs());
    }

    private Duration left() {
      return limits.time().minusNanos(nanos.getAsLong() - begin);
    }

    private ChatReply ask(List<ToolSpec> offered) {
      List<ChatMessage> told = budget.fit(messages, offered, limits.answerTokens());
      boolean words = mode == CallMode.GRAMMAR;
      ChatReply reply =
          said(request(words ? GrammarRoute.inWords(told) : told).withTools(offered), this::tell);
      budget.learn(told, offered, reply);
      return reply;
    }

    private ChatReply choose() {
      List<ChatMessage> told = budget.fit(messages, tools.specs(), limits.answerTokens());
      ChatRequest choice = GrammarRoute.choice(request(told), tools.specs());
      return GrammarRoute.chosen(said(choice, piece -> {}), "call_" + calls.uses().size());
    }

    private ChatRequest request(List<ChatMessage> conversation) {
      Duration time = left();
      if (time.isNegative() || time.isZero()) {
        throw new ChatException("The model", "used up the time of " + limits.time(), true);
      }
      return new ChatRequest(conversation, limits.answerTokens(), time);
    }

    private ChatReply said(ChatRequest request, Consumer<String> pieces) {
      ChatReply reply = model.chat(request, pieces);
      speaker = Optional.of(reply.model());
      LOG.debug("{} said '{}' and calls {}", reply.model(), reply.text(), reply.toolCalls());
      return reply;
    }

    private void use(ToolCall call) {
      Turn.Use use = calls.use(call, speaker.orElse("a model"));
      messages.add(ChatMessage.toolResult(call, calls.shown(use.result())));
      listener.used(use);
    }

    /** The last word, of a model that cannot call any more. */
    private Turn withoutTools(Turn.Ending ending) {
      if (left().compareTo(Duration.ZERO) > 0) {
        if (ending != Turn.Ending.ANSWERED) {
          messages.add(ChatMessage.user(GO_ON));
        }
        ChatReply reply = ask(List.of());
        if (isAnswer(reply)) {
          return turn(reply.text(), ending);
        }
      }
      return turn(calls.asAnswer("The model said nothing."), Turn.Ending.SILENT);
    }

    private Turn turn(String text, Turn.Ending ending) {
      return new Turn(text, calls.uses(), ending, speaker);
    }
  }
}
