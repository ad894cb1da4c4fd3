package io.smollama.sync;

import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server got over HTTP, with the body still to be read. One thread at a time.
 *
 * @param call the last part of the path: {@code hello}, {@code push} or {@code pull}
 * @param authorization that header, as it came
 * @param contentEncoding that header, as it came
 * @param acceptEncoding that header, as it came
 * @param body what is read of it is bounded
 */
public record SyncRequest(
    String call,
    Optional<String> authorization,
    Optional<String> contentEncoding,
    Optional<String> acceptEncoding,
    InputStream body) {
  public SyncRequest {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(authorization, "authorization");
    Objects.requireNonNull(contentEncoding, "contentEncoding");
    Objects.requireNonNull(acceptEncoding, "acceptEncoding");
    Objects.requireNonNull(body, "body");
  }
}
