package io.smollama.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The fields of a JSON object of a message; what is not as it should be names its line. */
final class MessageFields {
  private final long line;
  private final JsonNode json;

  MessageFields(long line, JsonNode json) {
    this.line = line;
    this.json = json;
  }

  boolean has(String name) {
    return json.has(name);
  }

  /** A whole number of less than 2^53. */
  long number(String name, long least) {
    return number("'" + name + "'", json.path(name), least);
  }

  Optional<Long> optionalNumber(String name, long least) {
    return has(name) ? Optional.of(number(name, least)) : Optional.empty();
  }

  int number(String name, int least, int most) {
    long number = number(name, least);
    if (number > most) {
      throw fault("'%s' is at most %d, was %d".formatted(name, most, number));
    }
    return (int) number;
  }

  private long number(String what, JsonNode value, long least) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw fault(what + (value.isMissingNode() ? " is missing" : " is not a whole number"));
    }
    long number = value.longValue();
    if (number < least || number >= EntryHeader.LIMIT) {
      throw fault("%s is from %d to below 2^53, was %d".formatted(what, least, number));
    }
    return number;
  }

  String text(String name) {
    return text("'" + name + "'", json.path(name));
  }

  private String text(String what, JsonNode value) {
    if (!value.isTextual()) {
      throw fault(what + (value.isMissingNode() ? " is missing" : " is not a text"));
    }
    return value.textValue();
  }

  Optional<Instant> instant(String name) {
    return optionalNumber(name, 1 - EntryHeader.LIMIT).map(Instant::ofEpochMilli);
  }

  /** The object under a name. */
  MessageFields in(String name) {
    return fields("'" + name + "'", json.path(name));
  }

  private MessageFields fields(String what, JsonNode value) {
    if (!value.isObject()) {
      throw fault(what + (value.isMissingNode() ? " is missing" : " is not an object"));
    }
    return new MessageFields(line, value);
  }

  /** The objects under all names of this object. */
  Map<String, MessageFields> each() {
    TreeMap<String, MessageFields> each = new TreeMap<>();
    json.properties()
        .forEach(
            field ->
                each.put(field.getKey(), fields("'" + field.getKey() + "'", field.getValue())));
    return each;
  }

  /** The objects in a list. */
  List<MessageFields> list(String name) {
    List<MessageFields> list = new ArrayList<>();
    elements(name).forEach(value -> list.add(fields("an element of '" + name + "'", value)));
    return list;
  }

  /** The numbers in a list; none if it is absent. */
  List<Integer> numbers(String name, int most) {
    List<Integer> numbers = new ArrayList<>();
    if (has(name)) {
      for (JsonNode value : elements(name)) {
        long number = number("an element of '" + name + "'", value, 0);
        if (number > most) {
          throw fault("an element of '%s' is at most %d".formatted(name, most));
        }
        numbers.add((int) number);
      }
    }
    return numbers;
  }

  /** The origins in a list; none if it is absent. */
  SortedSet<ReplicaId> origins(String name) {
    TreeSet<ReplicaId> origins = new TreeSet<>();
    if (has(name)) {
      elements(name)
          .forEach(id -> origins.add(new ReplicaId(text("an element of '" + name + "'", id))));
    }
    return origins;
  }

  /** The pairs of a place and an id in a list. */
  List<Point> points(String name) {
    List<Point> points = new ArrayList<>();
    for (JsonNode pair : elements(name)) {
      if (!pair.isArray() || pair.size() != 2) {
        throw fault("an element of '" + name + "' is not [seq, id]");
      }
      long seq = number("seq in '" + name + "'", pair.get(0), 0);
      points.add(new Point(seq, new EntryId(text("id in '" + name + "'", pair.get(1)))));
    }
    return points;
  }

  private JsonNode elements(String name) {
    JsonNode value = json.path(name);
    if (!value.isArray()) {
      throw fault("'" + name + (value.isMissingNode() ? "' is missing" : "' is not a list"));
    }
    return value;
  }

  MalformedMessageException fault(String what) {
    return MalformedMessageException.at(line, what);
  }
}
