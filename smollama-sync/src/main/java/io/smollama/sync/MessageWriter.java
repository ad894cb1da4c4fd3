package io.smollama.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Frontier;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Writes messages as {@code docs/sync-protocol.md} says. One thread at a time. */
final class MessageWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CRC32 crc = new CRC32();
  private Frontier said = Frontier.EMPTY;
  private boolean greeted;

  byte[] write(List<SyncMessage> parts) {
    parts.forEach(this::part);
    String sum = MessageLines.hex(crc.getValue());
    line("end", JsonNodeFactory.instance.objectNode().put("crc32", sum));
    return out.toByteArray();
  }

  private void part(SyncMessage part) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (part instanceof Hello hello) {
      hello(hello, json);
    } else if (part instanceof Push push) {
      runs("push", json, push.runs());
    } else if (part instanceof Pull pull) {
      pull(pull, json);
    } else if (part instanceof HelloReply reply) {
      helloReply(reply, json);
    } else if (part instanceof PushReply reply) {
      ArrayNode verdicts = json.putArray("verdicts");
      reply.verdicts().forEach(verdict -> verdicts.add(VerdictJson.of(verdict)));
      json.set("held", FrontierJson.of(reply.held()));
      line("pushReply", json);
    } else if (part instanceof PullReply reply) {
      json.put("left", reply.left());
      json.set("doubts", FrontierJson.of(reply.doubts()));
      reply.next().ifPresent(next -> json.put("next", FrontierJson.of(next)));
      runs("pullReply", json, reply.runs());
    }
  }

  private void hello(Hello hello, ObjectNode json) {
    ArrayNode versions = json.putArray("versions");
    hello.versions().forEach(versions::add);
    json.put("replica", hello.replica().hex());
    json.put("name", hello.name());
    hello.time().ifPresent(time -> json.put("time", time.toEpochMilli()));
    json.set("frontier", FrontierJson.of(hello.frontier()));
    said = hello.frontier();
    greeted = true;
    line("hello", json);
  }

  private void helloReply(HelloReply reply, ObjectNode json) {
    json.put("version", reply.version());
    reply.time().ifPresent(time -> json.put("time", time.toEpochMilli()));
    json.put("status", reply.status().name());
    json.put("credit", Math.max(0, Math.min(reply.credit(), EntryHeader.LIMIT - 1)));
    json.set("held", FrontierJson.of(reply.held()));
    line("helloReply", json);
  }

  private void pull(Pull pull, ObjectNode json) {
    if (!pull.origins().isEmpty()) {
      ArrayNode origins = json.putArray("origins");
      pull.origins().forEach(origin -> origins.add(origin.hex()));
    }
    if (!pull.streams().isEmpty()) {
      ArrayNode streams = json.putArray("streams");
      pull.streams().stream().sorted().forEach(streams::add);
    }
    json.put("maxBytes", pull.maxBytes());
    pull.range().from().ifPresent(from -> json.put("from", FrontierJson.of(from)));
    pull.range().to().ifPresent(to -> json.put("to", FrontierJson.of(to)));
    if (!greeted || !pull.frontier().equals(said)) {
      json.set("frontier", FrontierJson.of(pull.frontier()));
    }
    if (!pull.samples().isEmpty()) {
      json.set("samples", FrontierJson.of(pull.samples()));
    }
    line("pull", json);
  }

  private void runs(String part, ObjectNode json, List<Run> runs) {
    json.put("runs", runs.size());
    line(part, json);
    runs.forEach(this::run);
  }

  private void run(Run run) {
    if (run.damaged()) {
      throw new IllegalArgumentException("A damaged run is not passed on, was of " + run.chain());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("origin", run.chain().origin().hex());
    json.put("stream", run.chain().stream());
    json.put("entries", run.entries().size());
    line("run", json);
    Optional<Entry> before = Optional.empty();
    for (Entry entry : run.entries()) {
      line(EntryJson.of(entry, before));
      entry.payload().ifPresent(this::bytes);
      before = Optional.of(entry);
    }
  }

  private void line(String name, ObjectNode json) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set(name, json);
    line(line);
  }

  private void line(ObjectNode json) {
    try {
      bytes(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can always be written", e);
    }
  }

  private void bytes(byte[] line) {
    out.writeBytes(line);
    out.write('\n');
    crc.update(line);
    crc.update('\n');
  }
}
