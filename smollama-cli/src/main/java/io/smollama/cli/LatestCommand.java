package io.smollama.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** A command that shows the newest so many of something. */
abstract class LatestCommand extends NodeCommand {
  private static final int MOST = 1_000;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "The newest so many, 1 to 1000 (default ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  final void check() {
    if (limit < 1 || limit > MOST) {
      throw wrongUsage("--limit is 1 to %d, was %d".formatted(MOST, limit));
    }
  }

  final int limit() {
    return limit;
  }

  final Map<String, String> limited() {
    return Map.of("limit", Integer.toString(limit));
  }
}
