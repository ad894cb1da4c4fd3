package io.smollama.readings;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Message;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Understands what edge nodes say under {@code PREFIX/NODE/readings}. Whose readings they are is
 * told by the topic, never by the message: the broker can guard topics. Immutable.
 *
 * @param prefix what the topics begin with
 * @param own the name of this node, whose own topic is left alone
 * @param bounds how far off the times may be
 */
record EdgeReader(String prefix, String own, ToldTime.Bounds bounds) implements MessageReader {
  static final String TYPE = "edge";
  private static final int LONGEST_UNIT = 40;
  private static final int LONGEST_WORDS = 100;

  @Override
  public TopicFilter readings() {
    return new TopicFilter(prefix + "/+/readings");
  }

  @Override
  public List<TopicFilter> presences() {
    return List.of(new TopicFilter(prefix + "/+/status"));
  }

  @Override
  public Optional<String> device(String topic) {
    String[] parts = topic.split("/", -1);
    return Optional.of(parts[parts.length - 2])
        .filter(name -> name.matches("[^\\s/#+\\p{Cc}]{1,64}"));
  }

  @Override
  public boolean knows(String origin) {
    return !origin.equals(own);
  }

  @Override
  public Optional<Duration> staleAfter(String origin) {
    return Optional.empty();
  }

  @Override
  public List<Heard> read(Message message, Instant now, Consumer<MessageFault> faults) {
    List<Heard> found = new ArrayList<>();
    String node = device(message.topic()).orElse("");
    if (node.equals(own) || message.size() == 0) {
      return found;
    }
    try {
      if (node.isEmpty()) {
        throw new UnusableMessageException(MessageFault.BAD_NAME);
      }
      JsonNode whole = MessageValue.tree(message);
      if (!whole.path("readings").isArray()) {
        throw new UnusableMessageException(MessageFault.OTHER_FORM);
      }
      for (JsonNode one : whole.path("readings")) {
        try {
          JsonNode time = one.hasNonNull("ts") ? one.path("ts") : whole.path("timestamp");
          ToldTime told = ToldTime.of(time, now, bounds);
          if (told.wrong()) {
            faults.accept(MessageFault.WRONG_TIME);
          }
          Reading reading = reading(node, one, told, now);
          found.add(
              new Heard(
                  reading,
                  node,
                  node,
                  Optional.empty(),
                  told.time().isPresent(),
                  message.isStored()));
        } catch (UnusableMessageException e) {
          faults.accept(e.fault());
        }
      }
    } catch (UnusableMessageException e) {
      faults.accept(e.fault());
    }
    return found;
  }

  private static Reading reading(String node, JsonNode one, ToldTime told, Instant now)
      throws UnusableMessageException {
    String source = one.path("source").asText("");
    String unit = one.path("unit").asText("");
    boolean control = (source + unit).chars().anyMatch(Character::isISOControl);
    String id = node + "/" + source;
    if (source.isBlank() || id.length() > 256 || unit.length() > LONGEST_UNIT || control) {
      throw new UnusableMessageException(MessageFault.BAD_NAME);
    }
    if (unit.equals("null")) {
      unit = ""; // which Python writes for no unit
    }
    ReadingValue value = MessageValue.asItIs(one.path("value")).in(unit);
    String name = words(one.path("name"));
    Reading reading =
        new Reading(
            new SourceId(TYPE, id),
            value,
            unit,
            told.time().orElse(now),
            name.isEmpty() ? Map.of() : Map.of("name", name));
    String doubt = words(one.path("doubt"));
    if (told.wrong()) {
      return reading.doubted("the time that it told is far off");
    }
    return doubt.isEmpty() ? reading : reading.doubted(doubt);
  }

  /** What somebody else wrote, short and on one line. */
  private static String words(JsonNode node) {
    String text = node.asText("").replaceAll("[\\p{Cc}\\s]+", " ").strip();
    return text.substring(0, Math.min(text.length(), LONGEST_WORDS));
  }
}
