package io.smollama.agent;

import io.smollama.core.TopicFilter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came in, and saying something to others, for models. Thread-safe. */
final class EventTools {
  private static final int MOST = 20;
  private static final int SHOWN = 120;

  private final NodeMeans means;
  private final DateTimeFormatter time;

  private EventTools(NodeMeans means) {
    this.means = means;
    ZoneId zone = means.zone();
    this.time = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(zone);
  }

  static List<Tool> of(NodeMeans means) {
    EventTools tools = new EventTools(means);
    List<Tool> all = new ArrayList<>();
    if (means.inbox().isPresent()) {
      all.add(
          WorkTool.of(
              "get_events",
              "What came in lately and what was answered, newest first.",
              tools::events,
              "limit?:integer:how many, 5 if left out"));
    }
    if (means.recent().isPresent()) {
      all.add(
          WorkTool.of(
              "get_recent_messages",
              "What was said lately under some topics, newest first.",
              tools::recent,
              "topic?:string:a topic, + for any part, # for all below; all if left out",
              "limit?:integer:how many, 5 if left out"));
    }
    if (means.messages().isPresent()) {
      all.add(
          WorkTool.of(
              "publish",
              "Says something to other nodes and programs.",
              tools::publish,
              "topic:string:one word such as note, or a whole topic",
              "message:string:what to say"));
    }
    return all;
  }

  private ToolResult events(ToolArguments arguments, Tool.Asker asker) {
    int limit = Math.max(1, Math.min(MOST, (int) arguments.number("limit", 5)));
    List<InboxEntry> entries = means.inbox().orElseThrow().latest(limit);
    String text = entries.stream().map(this::line).collect(Collectors.joining("\n"));
    if (entries.isEmpty()) {
      return ToolResult.of("nothing came in");
    }
    return entries.stream().allMatch(entry -> entry.trigger().trusted())
        ? ToolResult.of(text)
        : ToolResult.quoting(text);
  }

  /** Whoever said them was outside. */
  private ToolResult recent(ToolArguments arguments, Tool.Asker asker) {
    int limit = Math.max(1, Math.min(MOST, (int) arguments.number("limit", 5)));
    TopicFilter topics = new TopicFilter(arguments.text("topic", "#"));
    String text =
        means.recent().orElseThrow().newest(topics, limit).stream()
            .map(
                heard ->
                    "%s %s: %s"
                        .formatted(
                            time.format(heard.at()),
                            heard.topic(),
                            OneLine.of(heard.text(), SHOWN)))
            .collect(Collectors.joining("\n"));
    return text.isEmpty()
        ? ToolResult.of("nothing was heard under such topics")
        : ToolResult.quoting(text);
  }

  private String line(InboxEntry entry) {
    return "%s %s%s: %s -> %s"
        .formatted(
            time.format(entry.last()),
            entry.trigger().key(),
            entry.count() > 1 ? " (%d times)".formatted(entry.count()) : "",
            OneLine.of(entry.trigger().text(), SHOWN),
            entry
                .outcome()
                .map(outcome -> OneLine.of(outcome, SHOWN))
                .orElse(entry.state().name().toLowerCase(Locale.ROOT)));
  }

  private ToolResult publish(ToolArguments arguments, Tool.Asker asker) {
    String topic =
        means
            .messages()
            .orElseThrow()
            .publish(
                arguments.text("topic").strip(), arguments.text("message"), asker.readOutside());
    return ToolResult.ofKept("said under " + topic);
  }
}
