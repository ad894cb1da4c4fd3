package io.smollama.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The word pieces of a model with their numbers, read from a Hugging Face {@code tokenizer.json}.
 * Only its {@code "vocab"} object is read, one flat object of strings to whole numbers; a JSON
 * library for that would be a dependency of 2 MB and a quarter of a second at start on a small
 * computer.
 */
final class Vocabulary {
  private final Map<String, Integer> ids;

  private Vocabulary(Map<String, Integer> ids) {
    this.ids = ids;
  }

  static Vocabulary read(URL tokenizerJson) throws IOException {
    URLConnection connection = tokenizerJson.openConnection();
    connection.setUseCaches(false); // else the jar stays open a second time
    try (InputStream in = connection.getInputStream()) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static Vocabulary parse(String json) throws IOException {
    int name = json.indexOf("\"vocab\"");
    int end = name < 0 ? -1 : json.indexOf('{', name);
    if (end < 0) {
      throw new IOException("it has no \"vocab\" object");
    }
    Map<String, Integer> ids = new HashMap<>(1 << 16);
    try {
      for (int i = nextOf("\"}", json, end); json.charAt(i) != '}'; i = nextOf("\"}", json, end)) {
        StringBuilder piece = new StringBuilder();
        int colon = nextOf(":", json, string(json, i + 1, piece));
        end = nextOf(",}", json, colon);
        ids.put(piece.toString(), Integer.valueOf(json.substring(colon + 1, end).strip()));
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("its \"vocab\" breaks off near character " + end, e);
    }
    return new Vocabulary(ids);
  }

  /** Where the first of some characters stands, from a place on. */
  private static int nextOf(String wanted, String json, int from) {
    int i = from;
    while (wanted.indexOf(json.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  /** Appends a JSON string and gives the place after its closing quote. */
  private static int string(String json, int from, StringBuilder into) {
    int i = from;
    while (json.charAt(i) != '"') {
      char c = json.charAt(i++);
      if (c == '\\') {
        c = json.charAt(i++);
        if (c == 'u') {
          c = (char) Integer.parseInt(json.substring(i, i + 4), 16);
          i += 4;
        } else if ("\"\\/".indexOf(c) < 0) {
          throw new NumberFormatException("No word piece holds an escaped " + c);
        }
      }
      into.append(c);
    }
    return i + 1;
  }

  /** The number of a piece, null when the model has no such piece. */
  @Nullable Integer id(String piece) {
    return ids.get(piece);
  }

  int size() {
    return ids.size();
  }
}
