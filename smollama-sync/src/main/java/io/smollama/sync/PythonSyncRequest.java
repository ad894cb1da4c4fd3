package io.smollama.sync;

import java.io.InputStream;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server got over HTTP from a node with Smollama for Python, with the body still to be read.
 * One thread at a time.
 *
 * @param method {@code GET} or {@code POST}
 * @param path of the request, with the token in it if there is one; not to be written to any log
 * @param query what stands behind the {@code ?}
 * @param authorization that header, as it came; those nodes send none
 * @param body what is read of it is bounded
 */
public record PythonSyncRequest(
    String method,
    String path,
    Optional<String> query,
    Optional<String> authorization,
    InputStream body) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,30}");

  public PythonSyncRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(authorization, "authorization");
    Objects.requireNonNull(body, "body");
  }

  /** A number of the query; another if it is not there. */
  long number(String name, long usual) {
    for (String part : query.orElse("").split("&")) {
      if (part.startsWith(name + "=")) {
        String value = part.substring(name.length() + 1);
        if (!NUMBER.matcher(value).matches()) {
          throw MalformedMessageException.of(name, "is a whole number, 0 or above");
        }
        return new BigInteger(value).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
      }
    }
    return usual;
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return method + " of a node with Smollama for Python";
  }
}
