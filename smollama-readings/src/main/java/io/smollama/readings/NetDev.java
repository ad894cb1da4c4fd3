package io.smollama.readings;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code /proc/net/dev}, see proc(5): received bytes are column 1, sent bytes column 9. */
final class NetDev {
  private NetDev() {}

  /** The counters of every interface but the loopback; empty if the file is gone. */
  static Map<String, NetworkRates.Bytes> parse(KernelFile file) throws IOException {
    Map<String, NetworkRates.Bytes> counters = new HashMap<>();
    String text = file.text().orElse("");
    boolean sense = text.isEmpty();
    for (String line : text.split("\n")) {
      int colon = line.lastIndexOf(':');
      sense |= line.contains("|"); // the two lines of headings
      if (colon < 0) {
        continue;
      }
      String[] columns = line.substring(colon + 1).strip().split("\\s+");
      if (columns.length < 9) {
        throw file.nonsense(line);
      }
      String name = line.substring(0, colon).strip();
      if (!name.equals("lo")) {
        counters.put(name, new NetworkRates.Bytes(file.parse(columns[0]), file.parse(columns[8])));
      }
    }
    if (!sense) {
      throw file.nonsense(text);
    }
    return counters;
  }
}
