package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Why a model's server did not do what it was asked, and what helps. Immutable.
 *
 * @param says the server's own words, shortened, and the fix where one is known
 * @param retryable whether the same call can succeed later
 */
record ServerComplaint(String says, boolean retryable) {
  private static final int LONGEST = 300;

  private record Known(Pattern words, String fix, boolean retryable) {}

  private static final List<Known> KNOWN =
      List.of(
          known("model .*not found", "install it (with Ollama: ollama pull NAME)", false),
          known("does not support tools", "ask without tools, or use a model that has them", false),
          known("does not support thinking", "ask without thinking", false),
          known("does not support chat", "name a model that can chat", false),
          known(
              "does not support embed|does not support generate",
              "name a model for what is asked",
              false),
          // Ollama answers both with the status of a server's fault.
          known("invalid (json schema in )?format", "mend the schema of the format", false),
          known("requires more system memory", "use a smaller model or num_ctx", false),
          known(
              "exceeds the (available )?context|exceed_context_size",
              "ask with fewer words, or raise num_ctx",
              false),
          known("no space left on device", "make room on the disk of the server", false),
          known(
              "dial tcp|no such host|i/o timeout",
              "the machine of the server must reach the internet for that",
              true),
          known("unit in duration", "write keep_alive as 5m or -1", false),
          known("loading model", "it is starting; try again in a minute", true),
          known("server busy", "try again later", true));

  /** An answer that is no success: JSON of either kind of server, or a proxy's page. */
  static ServerComplaint ofResponse(int status, String body) {
    boolean canPass =
        status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
    String fix =
        switch (status) {
          case 401, 403 -> "check the key or the proxy before the server";
          case 404, 405 -> "check that the address is that of the model's server";
          default -> "";
        };
    return of("HTTP %d %s".formatted(status, words(body)).strip(), fix, canPass);
  }

  /** An error that arrives in the midst of an answer. */
  static ServerComplaint ofPart(JsonNode error) {
    return of(
        error.isTextual() ? error.asText() : error.path("message").asText("an error"), "", true);
  }

  private static ServerComplaint of(String said, String fix, boolean retryable) {
    String cut = shortened(said);
    for (Known known : KNOWN) {
      if (known.words.matcher(said).find()) {
        return new ServerComplaint(cut + "; " + known.fix, known.retryable);
      }
    }
    return new ServerComplaint(fix.isEmpty() ? cut : cut + "; " + fix, retryable);
  }

  private static String words(String body) {
    try {
      JsonNode error = ModelJson.read(body).path("error");
      String said = error.isObject() ? error.path("message").asText() : error.asText();
      return said.isBlank() ? body.strip() : said;
    } catch (IOException e) {
      return body.strip(); // plain text stays as it is
    }
  }

  /** Some words of a text that may be a page, in one line. */
  static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static Known known(String words, String fix, boolean retryable) {
    return new Known(Pattern.compile(words, Pattern.CASE_INSENSITIVE), fix, retryable);
  }
}
