package io.smollama.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What is said of chains: by origin, then by stream. */
final class FrontierJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FrontierJson() {}

  static ObjectNode of(Frontier frontier) {
    return byChain(frontier.chains(), FrontierJson::tips);
  }

  static Frontier read(MessageFields json) {
    return Frontier.of(chains(json, FrontierJson::tips));
  }

  static ObjectNode of(SortedMap<ChainId, SortedSet<Point>> samples) {
    return byChain(
        samples,
        points -> {
          ObjectNode json = NODES.objectNode();
          json.set("points", points(points));
          return json;
        });
  }

  static SortedMap<ChainId, SortedSet<Point>> readSamples(MessageFields json) {
    return chains(json, chain -> new TreeSet<>(chain.points("points")));
  }

  private static ObjectNode tips(Tips tips) {
    ObjectNode json = NODES.objectNode();
    if (tips.cut() > 0) {
      json.put("cut", tips.cut());
    }
    json.set("tips", points(tips.heads()));
    return json;
  }

  private static Tips tips(MessageFields json) {
    return new Tips(json.optionalNumber("cut", 0).orElse(0L), json.points("tips"));
  }

  private static ArrayNode points(Collection<Point> points) {
    ArrayNode list = NODES.arrayNode();
    points.forEach(point -> list.addArray().add(point.seq()).add(point.id().hex()));
    return list;
  }

  private static <T> ObjectNode byChain(Map<ChainId, T> chains, Function<T, ObjectNode> writer) {
    ObjectNode origins = NODES.objectNode();
    chains.forEach(
        (chain, value) ->
            origins
                .withObjectProperty(chain.origin().hex())
                .set(Integer.toString(chain.stream()), writer.apply(value)));
    return origins;
  }

  private static <T> SortedMap<ChainId, T> chains(
      MessageFields json, Function<MessageFields, T> reader) {
    TreeMap<ChainId, T> chains = new TreeMap<>();
    json.each()
        .forEach(
            (origin, streams) ->
                streams
                    .each()
                    .forEach(
                        (stream, chain) ->
                            chains.put(id(origin, stream, chain), reader.apply(chain))));
    return chains;
  }

  /** A chain alone: its origin, a slash and its stream. */
  static String of(ChainId chain) {
    return chain.origin().hex() + "/" + chain.stream();
  }

  static ChainId chain(String text, MessageFields where) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw where.fault("a chain is written origin/stream, was '" + text + "'");
    }
    return id(text.substring(0, slash), text.substring(slash + 1), where);
  }

  private static ChainId id(String origin, String stream, MessageFields where) {
    if (!stream.matches("0|[1-9][0-9]{0,2}")) {
      throw where.fault("a stream is a number from 0 to 255, was '" + stream + "'");
    }
    return new ChainId(new ReplicaId(origin), Integer.parseInt(stream));
  }
}
