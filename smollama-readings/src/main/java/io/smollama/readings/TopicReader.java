package io.smollama.readings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
 * Understands messages of topics that the configuration names, all values of a topic at once.
 * Immutable.
 *
 * @param pattern which topics
 * @param values what is taken from each message
 * @param bounds how far off the times may be
 */
record TopicReader(TopicPattern pattern, List<TopicReading> values, ToldTime.Bounds bounds)
    implements MessageReader {
  static final String TYPE = "mqtt";

  TopicReader {
    values = List.copyOf(values);
  }

  /** One for each topic. */
  static List<MessageReader> all(List<TopicReading> values, ToldTime.Bounds bounds) {
    return values.stream()
        .map(TopicReading::topic)
        .distinct()
        .<MessageReader>map(
            topic ->
                new TopicReader(
                    TopicPattern.of(topic),
                    values.stream().filter(one -> one.topic().equals(topic)).toList(),
                    bounds))
        .toList();
  }

  private static String origin(TopicReading value) {
    return value.topic() + " " + value.id();
  }

  @Override
  public TopicFilter readings() {
    return pattern.filter();
  }

  @Override
  public List<TopicFilter> presences() {
    return values.stream()
        .flatMap(value -> value.availability().stream())
        .map(one -> TopicPattern.widened(one.topic()))
        .distinct()
        .toList();
  }

  @Override
  public Optional<String> device(String topic) {
    return Optional.of(topic);
  }

  @Override
  public boolean knows(String origin) {
    return values.stream().anyMatch(value -> origin(value).equals(origin));
  }

  @Override
  public Optional<Duration> staleAfter(String origin) {
    return values.stream()
        .filter(value -> origin(value).equals(origin))
        .flatMap(value -> value.staleAfter().stream())
        .findFirst();
  }

  @Override
  public List<Heard> read(Message message, Instant now, Consumer<MessageFault> faults) {
    List<Heard> found = new ArrayList<>();
    Optional<List<String>> wildcards = pattern.match(message.topic());
    if (message.size() == 0 || wildcards.isEmpty()) {
      return found; // an empty one only takes back what the broker kept
    }
    try {
      JsonNode whole = needsTree() ? MessageValue.tree(message) : MissingNode.getInstance();
      for (TopicReading value : values) {
        try {
          JsonNode node = at(value, whole, message);
          ToldTime told =
              value
                  .time()
                  .map(pointer -> ToldTime.of(whole.at(JsonPointer.compile(pointer)), now, bounds))
                  .orElse(ToldTime.of(MissingNode.getInstance(), now, bounds));
          found.add(heard(value, wildcards.get(), node, told, message.isStored(), now));
          if (told.wrong()) {
            faults.accept(MessageFault.WRONG_TIME);
          }
        } catch (UnusableMessageException e) {
          faults.accept(e.fault());
        }
      }
    } catch (UnusableMessageException e) {
      faults.accept(e.fault());
    }
    return found;
  }

  private boolean needsTree() {
    return values.stream()
        .anyMatch(
            value ->
                value.pointer().isPresent()
                    || value.time().isPresent()
                    || value.type() == ValueForm.JSON);
  }

  private static JsonNode at(TopicReading value, JsonNode whole, Message message)
      throws UnusableMessageException {
    if (value.pointer().isPresent()) {
      return whole.at(JsonPointer.compile(value.pointer().get()));
    } else if (value.type() == ValueForm.JSON) {
      return whole;
    }
    MessageValue.requireBounded(message);
    return message
        .text()
        .map(text -> (JsonNode) TextNode.valueOf(text.strip()))
        .orElseThrow(() -> new UnusableMessageException(MessageFault.OTHER_FORM));
  }

  private static Heard heard(
      TopicReading value,
      List<String> wildcards,
      JsonNode node,
      ToldTime told,
      boolean stored,
      Instant now)
      throws UnusableMessageException {
    String unit = value.unit().orElse("");
    ReadingValue said = MessageValue.as(value.type(), node).in(unit);
    Reading reading;
    try {
      if (wildcards.stream().anyMatch(String::isBlank)) {
        throw new UnusableMessageException(MessageFault.BAD_NAME);
      }
      SourceId source = new SourceId(TYPE, TopicPattern.fill(value.id(), wildcards));
      reading = new Reading(source, said, unit, told.time().orElse(now), Map.of());
    } catch (IllegalArgumentException e) {
      throw new UnusableMessageException(MessageFault.BAD_NAME);
    }
    String device =
        value.availability().map(one -> TopicPattern.fill(one.topic(), wildcards)).orElse("");
    return new Heard(
        told.wrong() ? reading.doubted("the time that it told is far off") : reading,
        origin(value),
        device,
        value.staleAfter(),
        told.time().isPresent(),
        stored);
  }
}
