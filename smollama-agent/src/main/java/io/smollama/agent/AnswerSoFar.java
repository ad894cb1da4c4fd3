package io.smollama.agent;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatReply.Ending;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An answer as it comes, piece by piece: kept within a bound, thoughts apart from words, words
 * handed on. One thread at a time.
 */
final class AnswerSoFar {
  private static final int CHARS_PER_TOKEN = 128; // the longest tokens are runs of blanks
  private static final int LEAST_CHARS = 4096;
  private static final int MOST_CHARS = 1 << 20;
  private static final int CHARS_PER_CALL = 32;

  private final ChatRequest request;
  private final Consumer<String> listener;
  private final SpokenWords words;
  private final StringBuilder thoughts = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private long charsLeft;

  AnswerSoFar(ChatRequest request, Consumer<String> listener) {
    this.request = request;
    this.listener = listener;
    this.words = new SpokenWords(request.tools().stream().map(ToolSpec::name).toList());
    this.charsLeft =
        Math.min(MOST_CHARS, Math.max(LEAST_CHARS, (long) CHARS_PER_TOKEN * request.maxTokens()));
  }

  void says(String piece) {
    String told = words.add(within(piece));
    if (!told.isEmpty()) {
      listener.accept(told);
    }
  }

  void thinks(String piece) {
    thoughts.append(within(piece));
  }

  /** A call that has come whole. */
  void calls(String id, String name, JsonNode arguments) {
    String given = ModelJson.arguments(arguments);
    charsLeft -= CHARS_PER_CALL + name.length() + (long) given.length();
    if (charsLeft >= 0) {
      // Conversations grow, so the number of messages before a call is its alone.
      String own = "call_%d_%d".formatted(request.messages().size(), calls.size());
      calls.add(new ToolCall(id.isBlank() ? own : id, name, given));
    }
  }

  /** Counts characters that are gathered elsewhere until they are whole. */
  boolean hasRoomFor(int chars) {
    return charsLeft >= chars;
  }

  /** Whether more came than so many tokens can be. */
  boolean isFull() {
    return charsLeft < 0;
  }

  ChatReply reply(Ending ending, String model, OptionalInt promptTokens, OptionalInt answerTokens) {
    String text = wellFormed(words.text());
    if (calls.isEmpty() && !request.tools().isEmpty()) {
      SpokenCalls.in(text, request.tools())
          .forEach(call -> calls("", call.name(), call.arguments()));
    }
    boolean isCall = !calls.isEmpty() && SpokenCalls.seemsCall(text);
    String shown = isCall ? "" : request.format().isPresent() ? SpokenCalls.unfenced(text) : text;
    if (!isCall && !words.hasTold() && !shown.isEmpty()) {
      listener.accept(shown);
    }
    String thought = wellFormed((thoughts + words.thoughts()).strip());
    return new ChatReply(
        shown, thought, calls, isFull() ? Ending.SIZE : ending, model, promptTokens, answerTokens);
  }

  /** What JSON can escape and no UTF-8 can carry becomes U+FFFD. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_16BE), UTF_16BE);
  }

  private String within(String piece) {
    long room = Math.max(0, charsLeft);
    charsLeft -= piece.length();
    if (piece.length() <= room) {
      return piece;
    }
    int end = (int) room;
    return piece.substring(
        0, end > 0 && Character.isHighSurrogate(piece.charAt(end - 1)) ? end - 1 : end);
  }
}
