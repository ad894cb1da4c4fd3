package io.smollama.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama memory edit}: other words, confidence, tags or validity. */
@Command(name = "edit", description = "Change a fact; what is not named stays as it is.")
final class MemoryEditCommand extends CorrectionCommand {
  private static final String NONE = "none";

  @Option(names = "--text", paramLabel = "FACT", description = "The new words.")
  private @Nullable String text;

  @Option(names = "--confidence", paramLabel = "0..1", description = "How sure you are.")
  private @Nullable Double confidence;

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      description = "A tag, in place of those there were; may be repeated; none for no tags.")
  private @Nullable List<String> tags;

  @Option(
      names = "--valid-from",
      paramLabel = "TIME",
      description = "Since when it is true: 2026-03-01 or 2026-03-01T12:00:00Z; none for always.")
  private @Nullable String validFrom;

  @Option(
      names = "--valid-until",
      paramLabel = "TIME",
      description = "When it ends to be true; none for never.")
  private @Nullable String validUntil;

  @Override
  void check() {
    if (text == null
        && confidence == null
        && tags == null
        && validFrom == null
        && validUntil == null) {
      throw wrongUsage(
          "Name what to change: --text, --confidence, --tag, --valid-from or --valid-until");
    } else if (text != null && text.isBlank()) {
      throw wrongUsage(
          "--text needs words. If the fact was never right, retract it: smollama memory retract ID");
    } else if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
      throw wrongUsage("--confidence is 0 to 1, was " + confidence);
    }
  }

  @Override
  void complete(ObjectNode request) {
    if (text != null) {
      request.put("text", text);
    }
    if (confidence != null) {
      request.put("confidence", confidence);
    }
    if (tags != null) {
      var list = request.putArray("tags");
      tags.stream().filter(tag -> !tag.equals(NONE)).forEach(list::add);
    }
    putBound(request, "valid_from", "--valid-from", validFrom);
    putBound(request, "valid_to", "--valid-until", validUntil);
  }

  private static void putBound(
      ObjectNode request, String key, String option, @Nullable String time) {
    if (time != null && time.equals(NONE)) {
      request.putNull(key);
    } else if (time != null) {
      request.put(key, PersonsTime.parse(option, time).toString());
    }
  }
}
