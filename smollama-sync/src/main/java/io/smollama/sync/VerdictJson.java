package io.smollama.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** What became of a run, in a message. */
final class VerdictJson {
  private VerdictJson() {}

  static ObjectNode of(Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (verdict instanceof Verdict.Gap gap) {
      return json.put("verdict", "GAP").put("expect", gap.expect());
    } else if (verdict instanceof Verdict.Busy busy) {
      return json.put("verdict", "BUSY").put("retryAfter", busy.retryAfter().toSeconds());
    } else if (verdict instanceof Verdict.Truncated truncated) {
      return json.put("verdict", "TRUNCATED").put("low", truncated.low());
    }
    return json.put("verdict", name(verdict));
  }

  private static String name(Verdict verdict) {
    if (verdict instanceof Verdict.Ok) {
      return "OK";
    } else if (verdict instanceof Verdict.Dup) {
      return "DUP";
    } else if (verdict instanceof Verdict.Fork) {
      return "FORK";
    }
    return verdict instanceof Verdict.BadHash ? "BADHASH" : "TOOLARGE";
  }

  static Verdict read(MessageFields json) {
    String name = json.text("verdict");
    return switch (name) {
      case "OK" -> new Verdict.Ok();
      case "DUP" -> new Verdict.Dup();
      case "FORK" -> new Verdict.Fork();
      case "BADHASH" -> new Verdict.BadHash();
      case "TOOLARGE" -> new Verdict.TooLarge();
      case "GAP" -> new Verdict.Gap(json.number("expect", 1));
      case "TRUNCATED" -> new Verdict.Truncated(json.number("low", 0));
      case "BUSY" -> new Verdict.Busy(Duration.ofSeconds(json.number("retryAfter", 0)));
      default -> throw json.fault("'verdict' is not one of this version, was '" + name + "'");
    };
  }

  /** For people. */
  static String words(Verdict verdict) {
    if (verdict instanceof Verdict.Gap gap) {
      return "what comes before is missing, from number " + gap.expect();
    } else if (verdict instanceof Verdict.Busy) {
      return "not stored for now, the disk is full or in use; try again";
    } else if (verdict instanceof Verdict.Truncated) {
      return "was cut off here already";
    } else if (verdict instanceof Verdict.BadHash) {
      return "is damaged; what came before the damage is stored";
    }
    return verdict instanceof Verdict.TooLarge ? "the chain has too many branches" : "stored";
  }
}
