package io.smollama.cli;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of Smollama for Python's configuration that this version knows but does not use yet.
 * They are checked like all others, so that a misspelt one is found, and then set aside.
 */
final class KnownKeys {
  private enum Kind {
    TEXT,
    WHOLE,
    DECIMAL,
    FLAG,
    LIST,
    ANYTHING
  }

  private static final Map<String, Kind> UNUSED = new LinkedHashMap<>();

  static {
    unused(Kind.TEXT, "mqtt.topics.publish_prefix");
    unused(Kind.LIST, "mqtt.topics.subscribe");
    unused(Kind.TEXT, "agent.system_prompt agent.ollama_fallback_mode");
    unused(Kind.WHOLE, "agent.max_tool_iterations agent.ollama_retry_attempts");
    unused(Kind.DECIMAL, "agent.ollama_retry_backoff_seconds");
    unused(
        Kind.WHOLE,
        "memory.observation_max_age_days memory.readings_max_age_days"
            + " memory.compact_memory_threshold_mb memory.compact_batch_size");
    unused(Kind.TEXT, "sync.crdt_db_path");
    unused(Kind.WHOLE, "sync.retry_max_attempts sync.batch_size");
    unused(
        Kind.FLAG, "mem0.enabled mem0.bridge_enabled mem0.index_observations mem0.index_memories");
    unused(Kind.TEXT, "mem0.server_url mem0.compose_file");
    unused(Kind.WHOLE, "mem0.bridge_interval_seconds");
    unused(Kind.FLAG, "discovery.enabled discovery.announce discovery.browse");
    unused(Kind.TEXT, "discovery.service_type");
    unused(Kind.WHOLE, "discovery.cache_ttl_seconds discovery.discovery_timeout_seconds");
    unused(Kind.LIST, "plugins.paths plugins.custom");
    unused(Kind.ANYTHING, "plugins.builtin");
  }

  private KnownKeys() {}

  private static void unused(Kind kind, String paths) {
    for (String path : paths.split(" ")) {
      UNUSED.put(path, kind);
    }
  }

  /** Checks and takes out what is not used yet; the sections that were set aside, in order. */
  static List<String> setAside(Setting root) {
    TreeMap<String, Boolean> sections = new TreeMap<>();
    UNUSED.forEach(
        (path, kind) -> {
          Setting value = root.at(path.split("\\."));
          if (value != null) {
            check(path, value, kind);
            remove(root, List.of(path.split("\\.")));
            sections.put(path.substring(0, path.indexOf('.')), true);
          }
        });
    refuseTheRest(root);
    return List.copyOf(sections.keySet());
  }

  /** The paths of all settings, used or not. */
  static List<String> all() {
    List<String> paths = new ArrayList<>(UNUSED.keySet());
    for (RecordComponent section : NodeConfig.class.getRecordComponents()) {
      Class<? extends Record> type = section.getType().asSubclass(Record.class);
      if (type == ExtensionsConfig.class) {
        continue;
      }
      RecordBinder.paths(type).forEach(path -> paths.add(section.getName() + "." + path));
    }
    return paths;
  }

  /** In a section of which nothing is used, what is left is unknown. */
  private static void refuseTheRest(Setting root) {
    List<String> known = all();
    for (String section : List.of("mqtt.topics", "mem0", "discovery", "plugins")) {
      Setting value = root.at(section.split("\\."));
      if (value == null) {
        continue;
      }
      remove(root, List.of(section.split("\\.")));
      if (!value.isSection()) {
        throw SettingValue.wrong(section, value, "a section");
      }
      for (String leaf : value.leaves()) {
        String path = section + "." + leaf;
        if (known.stream().anyMatch(k -> k.startsWith(path + "."))) {
          continue; // a section that became empty
        }
        int dot = path.lastIndexOf('.');
        String parent = path.substring(0, dot);
        List<String> siblings =
            known.stream()
                .filter(k -> k.startsWith(parent + "."))
                .map(k -> k.substring(parent.length() + 1).replaceAll("\\..*", ""))
                .distinct()
                .toList();
        throw RecordBinder.unknownKey(parent, path.substring(dot + 1), root(value, leaf), siblings);
      }
    }
  }

  private static Setting root(Setting section, String leaf) {
    Setting found = section.at(leaf.split("\\."));
    return found == null ? section : found;
  }

  private static void check(String path, Setting value, Kind kind) {
    switch (kind) {
      case TEXT -> SettingValue.text(path, value);
      case WHOLE -> SettingValue.whole(path, value);
      case DECIMAL -> SettingValue.decimal(path, value);
      case FLAG -> SettingValue.flag(path, value);
      case LIST -> {
        if (!value.isList()) {
          throw SettingValue.wrong(path, value, "a list");
        }
      }
      case ANYTHING -> {}
    }
  }

  private static void remove(Setting root, List<String> path) {
    Setting section = root.at(path.subList(0, path.size() - 1).toArray(String[]::new));
    if (section != null) {
      section.entries().remove(path.get(path.size() - 1));
    }
  }
}
