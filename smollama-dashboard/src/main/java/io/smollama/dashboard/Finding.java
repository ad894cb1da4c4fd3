package io.smollama.dashboard;

import io.smollama.core.SourceId;
import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.RecallHit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An observation or a fact as the page shows it.
 *
 * @param type a word: {@code anomaly}, {@code fact} …
 * @param text what was noticed or said
 * @param when when
 * @param notes what else is to say, each a few words
 */
record Finding(String type, String text, When when, List<String> notes) {
  Finding {
    notes = List.copyOf(notes);
  }

  static Finding of(Noticed noticed, String home, Instant now) {
    List<String> notes =
        Stream.concat(
                noticed.sources().stream().map(SourceId::toString), from(noticed.node(), home))
            .toList();
    return new Finding(noticed.type(), noticed.text(), When.of(noticed.time(), now), notes);
  }

  static Finding of(RecallHit hit, String home, Instant now) {
    Stream<String> sure =
        hit.kind() == KnowledgeKind.OBSERVATION
            ? Stream.empty()
            : Stream.of(sure(hit.confidence()), said(hit.timesConfirmed()));
    Stream<String> why =
        Stream.of(hit.why())
            .filter(by -> by != RecallHit.Why.LATEST)
            .map(
                by ->
                    by == RecallHit.Why.BOTH
                        ? "found by words and meaning"
                        : "found by " + (by == RecallHit.Why.TEXT ? "words" : "meaning"));
    List<String> notes =
        Stream.of(sure, from(hit.node(), home), why)
            .flatMap(some -> some)
            .filter(note -> !note.isEmpty())
            .toList();
    return new Finding(hit.type(), hit.text(), When.of(hit.time(), now), notes);
  }

  static String sure(double confidence) {
    return String.format(Locale.ROOT, "%.0f %% sure", confidence * 100);
  }

  private static String said(int times) {
    return times > 1 ? "said " + times + " times" : "";
  }

  private static Stream<String> from(String node, String home) {
    return Stream.of(node).filter(n -> !n.equals(home)).map(n -> "from " + n);
  }
}
