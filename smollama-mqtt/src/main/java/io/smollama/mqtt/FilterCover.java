package io.smollama.mqtt;

import io.smollama.core.TopicFilter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The fewest filters that mean the same topics: a broker may send a message once for each filter
 * that means its topic, and nobody wants it twice.
 */
final class FilterCover {
  private FilterCover() {}

  static Set<String> of(Collection<TopicFilter> filters) {
    Set<String> left = new LinkedHashSet<>();
    filters.forEach(filter -> left.add(filter.text()));
    for (TopicFilter filter : filters) {
      boolean covered =
          left.stream()
              .anyMatch(other -> !other.equals(filter.text()) && covers(other, filter.text()));
      if (covered) {
        left.remove(filter.text());
      }
    }
    return left;
  }

  /** Whether a filter means every topic that another means. */
  static boolean covers(String wide, String narrow) {
    if (narrow.startsWith("$") && (wide.startsWith("+") || wide.startsWith("#"))) {
      return false;
    }
    String[] wider = wide.split("/", -1);
    String[] narrower = narrow.split("/", -1);
    for (int i = 0; i < wider.length; i++) {
      if (wider[i].equals("#")) {
        return true;
      }
      if (i >= narrower.length || narrower[i].equals("#")) {
        return false;
      }
      if (!wider[i].equals("+") && !wider[i].equals(narrower[i])) {
        return false;
      }
    }
    return wider.length == narrower.length;
  }
}
