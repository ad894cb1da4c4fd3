package io.smollama.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection, in words. Immutable.
 *
 * @param says what is wrong and what mends it
 * @param hopeless whether trying again soon helps nobody
 */
record LinkTrouble(String says, boolean hopeless) {
  static LinkTrouble of(Throwable failure) {
    Throwable cause = failure;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof Mqtt3ConnAckException refused) {
        return refused(refused.getMqttMessage().getReturnCode().name());
      }
      if (at instanceof Mqtt5ConnAckException refused) {
        return refused(refused.getMqttMessage().getReasonCode().name());
      }
      if (at instanceof Mqtt5DisconnectException ended) {
        String reason = ended.getMqttMessage().getReasonCode().name();
        return new LinkTrouble("the broker ended the connection (" + words(reason) + ")", false);
      }
      if (at instanceof SSLException) {
        return new LinkTrouble(
            "no trusted connection (%s); look at mqtt.ca_file, mqtt.client_cert and the host's name"
                .formatted(at.getMessage()),
            true);
      }
      cause = at instanceof CompletionException ? cause : at;
    }
    if (cause instanceof UnknownHostException) {
      return new LinkTrouble("no such host is known", false);
    }
    return cause instanceof ConnectException
        ? new LinkTrouble("nothing answers there (%s)".formatted(cause.getMessage()), false)
        : new LinkTrouble("the connection broke (%s)".formatted(cause.getMessage()), false);
  }

  /** What went wrong, without what only says where. */
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static LinkTrouble refused(String code) {
    boolean credentials = code.contains("AUTHORIZED") || code.contains("USER");
    String fix =
        credentials
            ? "the broker does not take this mqtt.username and mqtt.password (%s)"
            : code.contains("VERSION")
                ? "the broker does not speak this mqtt.version (%s)"
                : "the broker refuses the connection (%s)";
    boolean later = code.contains("UNAVAILABLE") || code.contains("BUSY");
    return new LinkTrouble(fix.formatted(words(code)), !later);
  }

  private static String words(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
