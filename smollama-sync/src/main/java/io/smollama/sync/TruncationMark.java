package io.smollama.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code ctl.trunc} entry declares: of one stream of its origin, the entries up to a point
 * may be gone, here or anywhere.
 *
 * @param chain the chain that may be cut
 * @param first the first entry that stays
 */
record TruncationMark(ChainId chain, Point first) {
  static final String TYPE = "ctl.trunc";

  /** Control and knowledge are never cut, nor what an older version does not know. */
  private static final Set<Integer> CUTTABLE = Set.of(ChainId.READINGS, ChainId.ROLLUPS);

  private static final ObjectMapper JSON = new ObjectMapper();

  static boolean isCuttable(int stream) {
    return CUTTABLE.contains(stream);
  }

  /**
   * What an entry declares; empty if it is another kind of entry or makes no sense, alike for every
   * replica.
   */
  static Optional<TruncationMark> of(Entry entry) {
    EntryHeader header = entry.header();
    if (header.chain().stream() != ChainId.CONTROL || !header.type().equals(TYPE)) {
      return Optional.empty();
    }
    return entry.payload().flatMap(payload -> parsed(header.chain(), payload));
  }

  private static Optional<TruncationMark> parsed(ChainId control, byte[] payload) {
    try {
      JsonNode json = JSON.readTree(payload);
      int stream = json.path("stream").asInt(-1);
      if (!isCuttable(stream) || !json.path("seq").canConvertToLong()) {
        return Optional.empty();
      }
      Point first = new Point(json.path("seq").asLong(), new EntryId(json.path("id").asText("")));
      ChainId chain = new ChainId(control.origin(), stream);
      return first.seq() < 1 ? Optional.empty() : Optional.of(new TruncationMark(chain, first));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty(); // A valid envelope with a bad payload is kept and means nothing.
    } catch (IOException e) {
      throw new IllegalStateException("An array of bytes does not fail", e);
    }
  }

  Draft draft() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("stream", chain.stream());
    json.put("seq", first.seq());
    json.put("id", first.id().hex());
    return Draft.of(ChainId.CONTROL, TYPE, json.toString());
  }
}
