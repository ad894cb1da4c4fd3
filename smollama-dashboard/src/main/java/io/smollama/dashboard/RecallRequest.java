package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.SourceId;
import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.RecallFilter;
import io.smollama.memory.RecallQuery;
import io.smollama.memory.SourcePattern;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is to be recalled from parameters; several values of one are parted by commas. */
final class RecallRequest {
  private static final int USUAL_LIMIT = 20;

  private RecallRequest() {}

  /**
   * The query.
   *
   * @param request {@code q} or {@code query}, {@code limit}, and of the filter {@code kind},
   *     {@code type}, {@code node}, {@code source}, {@code since}, {@code until}, {@code as_of},
   *     {@code all}
   * @param known the sources that patterns are matched with
   */
  static RecallQuery of(JsonNode request, Collection<SourceId> known) {
    FieldReader fields = new FieldReader(request);
    String words = fields.text("q").or(() -> fields.text("query")).orElse("");
    if (words.length() > Request.MAX_WORDS) {
      throw new IllegalArgumentException(
          "A query has at most %d characters, had %d".formatted(Request.MAX_WORDS, words.length()));
    }
    RecallFilter filter =
        new RecallFilter(
            each(fields, "kind").stream().map(RecallRequest::kind).collect(Collectors.toSet()),
            each(fields, "type"),
            each(fields, "node"),
            sources(request, known),
            fields.time("since"),
            fields.time("until"),
            fields.time("as_of"),
            0,
            fields.flag("all"));
    return new RecallQuery(
        words, fields.number("limit", USUAL_LIMIT, ObservationFilter.MOST), filter);
  }

  /** The patterns of sources that are asked for, {@code *} for any characters. */
  static Set<String> patterns(JsonNode request) {
    return each(new FieldReader(request), "source");
  }

  /** Those that are known and asked for; none if nothing is asked or nothing fits. */
  static Set<SourceId> sources(JsonNode request, Collection<SourceId> known) {
    List<Predicate<SourceId>> wanted = patterns(request).stream().map(SourcePattern::of).toList();
    return known.stream()
        .filter(source -> wanted.stream().anyMatch(pattern -> pattern.test(source)))
        .collect(Collectors.toSet());
  }

  private static Set<String> each(FieldReader fields, String name) {
    Set<String> values = new LinkedHashSet<>();
    fields.text(name).stream()
        .flatMap(list -> Stream.of(list.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .forEach(values::add);
    return values;
  }

  private static KnowledgeKind kind(String word) {
    return Stream.of(KnowledgeKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'kind' is observation or memory, was '%s'".formatted(word)));
  }
}
