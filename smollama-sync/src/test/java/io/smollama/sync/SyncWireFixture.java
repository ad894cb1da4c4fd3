package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.SyncMessage.Push;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message of one run as it goes over the wire. */
abstract class SyncWireFixture {
  static final ChainId CHAIN = Lines.chain(2);
  static final List<Entry> LINE = Lines.line(CHAIN, 3);
  static final String PUSH = text(new Push(List.of(Run.of(LINE))));
  static final String END = PUSH.substring(PUSH.lastIndexOf("{\"end"));

  static String text(SyncMessage... parts) {
    return new String(SyncWire.encode(List.of(parts)), StandardCharsets.ISO_8859_1);
  }

  static List<SyncMessage> decode(String text) {
    return SyncWire.decode(Seal.of(text));
  }
}
