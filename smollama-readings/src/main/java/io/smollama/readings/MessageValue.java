package io.smollama.readings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smollama.core.Message;
import io.smollama.core.ReadingValue;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes values out of what messages say. Thread-safe. */
final class MessageValue {
  /** The longest text or structure, in characters. */
  static final int MOST_CHARACTERS = 2_000;

  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_DEPTH = 50;
  private static final int LONGEST_NUMBER = 60;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,5})?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?(?:nan|inf|infinity)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> ON = Set.of("on", "true", "yes", "open", "1");
  private static final Set<String> OFF = Set.of("off", "false", "no", "closed", "0");

  /** Takes NaN, which Python writes, so that one number that is none costs only itself. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private MessageValue() {}

  static void requireBounded(Message message) throws UnusableMessageException {
    if (message.size() > MOST_BYTES) {
      throw new UnusableMessageException(MessageFault.TOO_LARGE);
    }
  }

  static JsonNode tree(Message message) throws UnusableMessageException {
    requireBounded(message);
    try {
      JsonNode tree = JSON.readTree(message.payload());
      if (!tree.isMissingNode()) {
        return tree;
      }
    } catch (JacksonException e) {
      // told by what follows
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read", e);
    }
    throw new UnusableMessageException(MessageFault.NOT_JSON);
  }

  /** What a value of JSON is by itself. */
  static ReadingValue asItIs(JsonNode node) throws UnusableMessageException {
    if (node.isMissingNode() || node.isNull()) {
      throw new UnusableMessageException(MessageFault.NOTHING_THERE);
    } else if (node.isNumber()) {
      return quantity(node.doubleValue());
    } else if (node.isBoolean()) {
      return new ReadingValue.Flag(node.booleanValue());
    }
    return node.isTextual()
        ? new ReadingValue.Text(bounded(node.textValue()))
        : new ReadingValue.Json(bounded(node.toString()));
  }

  /** What a value of JSON, or a text, is when it is to be of a form. */
  static ReadingValue as(ValueForm form, JsonNode node) throws UnusableMessageException {
    ReadingValue plain = asItIs(node);
    return switch (form) {
      case AUTO -> plain instanceof ReadingValue.Text text ? numberIfItIsOne(text) : plain;
      case NUMBER -> {
        if (numberIfItIsOne(plain) instanceof ReadingValue.Quantity quantity) {
          yield quantity;
        }
        throw new UnusableMessageException(MessageFault.NO_SUCH_VALUE);
      }
      case FLAG -> flag(plain);
      case TEXT -> plain instanceof ReadingValue.Text ? plain : text(node);
      case JSON -> new ReadingValue.Json(bounded(node.toString()));
    };
  }

  private static ReadingValue text(JsonNode node) throws UnusableMessageException {
    return new ReadingValue.Text(bounded(node.isContainerNode() ? node.toString() : node.asText()));
  }

  private static ReadingValue numberIfItIsOne(ReadingValue value) throws UnusableMessageException {
    if (!(value instanceof ReadingValue.Text text)) {
      return value;
    }
    String words = text.words().strip();
    if (NO_NUMBER.matcher(words).matches()) {
      throw new UnusableMessageException(MessageFault.NOT_FINITE);
    }
    boolean number = words.length() <= LONGEST_NUMBER && NUMBER.matcher(words).matches();
    return number ? quantity(Double.parseDouble(words)) : value;
  }

  private static ReadingValue flag(ReadingValue value) throws UnusableMessageException {
    String word = value.text().strip().toLowerCase(Locale.ROOT);
    if (ON.contains(word) || OFF.contains(word)) {
      return new ReadingValue.Flag(ON.contains(word));
    }
    throw new UnusableMessageException(MessageFault.NO_SUCH_VALUE);
  }

  private static ReadingValue quantity(double number) throws UnusableMessageException {
    if (!Double.isFinite(number)) {
      throw new UnusableMessageException(MessageFault.NOT_FINITE);
    }
    return new ReadingValue.Quantity(number);
  }

  private static String bounded(String text) throws UnusableMessageException {
    if (text.length() > MOST_CHARACTERS) {
      throw new UnusableMessageException(MessageFault.NO_SUCH_VALUE);
    }
    return text;
  }
}
