package io.smollama.agent;

import io.smollama.core.SourceId;
import io.smollama.core.TopicFilter;
import io.smollama.memory.NewObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The section {@code agent} of the configuration: what the node answers by itself, without being
 * asked by a person. With nothing named it only answers persons. Immutable.
 *
 * @param topics messages that it answers
 * @param listen topics that it only hears, to look them up when it is asked
 * @param sources readings, such as {@code gpio:17}, whose every change it answers
 * @param alarms whether it answers what the observer finds out of the ordinary
 * @param schedules what it does at times
 * @param trustedSources types, such as {@code garden}, or ids of sources whose names the owner
 *     gave, besides those of the node itself: reading them does not end acting for an answer
 * @param mayPublish topics, with {@code +} and {@code #}, that it may publish to besides its own
 * @param mode what kind of node it is
 * @param edgePublishInterval how often an edge node says what its sources say
 * @param edgeOutbox whether an edge node keeps each batch until the broker has it, not only the
 *     newest
 */
public record AgentConfig(
    List<TopicTrigger> topics,
    List<String> listen,
    List<String> sources,
    boolean alarms,
    List<ScheduledPrompt> schedules,
    List<String> trustedSources,
    List<String> mayPublish,
    Mode mode,
    Duration edgePublishInterval,
    boolean edgeOutbox) {
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  /** What kind of node it is. Immutable. */
  public enum Mode {
    /** It senses, remembers, thinks and shares. */
    FULL,
    /** It only senses, and says what through the broker. */
    EDGE
  }

  public AgentConfig {
    topics = List.copyOf(topics);
    listen = List.copyOf(listen);
    listen.forEach(TopicFilter::new);
    sources = List.copyOf(sources);
    schedules = List.copyOf(schedules);
    trustedSources = List.copyOf(trustedSources);
    mayPublish = List.copyOf(mayPublish);
    sources.forEach(SourceId::parse);
    mayPublish.forEach(TopicFilter::new);
    long names = schedules.stream().map(ScheduledPrompt::name).distinct().count();
    if (names < schedules.size()) {
      throw new IllegalArgumentException("Each schedule needs a name of its own");
    }
    Objects.requireNonNull(mode, "mode");
    if (edgePublishInterval.isNegative()
        || edgePublishInterval.isZero()
        || edgePublishInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "agent.edge_publish_interval must be above 0 and at most a day, was "
              + edgePublishInterval);
    }
  }

  /** Of a full node. */
  public AgentConfig(
      List<TopicTrigger> topics,
      List<String> listen,
      List<String> sources,
      boolean alarms,
      List<ScheduledPrompt> schedules,
      List<String> trustedSources,
      List<String> mayPublish) {
    this(
        topics,
        listen,
        sources,
        alarms,
        schedules,
        trustedSources,
        mayPublish,
        Mode.FULL,
        Duration.ofSeconds(30),
        false);
  }

  /** It answers persons only. */
  public static AgentConfig defaults() {
    return new AgentConfig(List.of(), List.of(), List.of(), false, List.of(), List.of(), List.of());
  }

  /** The same, and the owner gave the names of these types of sources too. */
  public AgentConfig trusting(List<String> types) {
    List<String> trusted = new ArrayList<>(trustedSources);
    types.stream().filter(type -> !trusted.contains(type)).forEach(trusted::add);
    return new AgentConfig(
        topics,
        listen,
        sources,
        alarms,
        schedules,
        trusted,
        mayPublish,
        mode,
        edgePublishInterval,
        edgeOutbox);
  }

  /** Whether it answers anything by itself. */
  public boolean isIdle() {
    return topics.isEmpty() && sources.isEmpty() && !alarms && schedules.isEmpty();
  }

  /** The topics that it hears, whether it answers them or not. */
  public List<TopicFilter> heard() {
    return Stream.concat(topics.stream().map(TopicTrigger::topic), listen.stream())
        .distinct()
        .map(TopicFilter::new)
        .toList();
  }

  /**
   * What code noticed, as from outside if it is about sources whose names somebody else can have
   * chosen: their names stand in its words.
   */
  public NewObservation marked(NewObservation noticed) {
    return noticed.sources().stream().allMatch(trust()::isNamedByOwner)
        ? noticed
        : noticed.fromOutside();
  }

  SourceTrust trust() {
    return new SourceTrust(trustedSources);
  }

  /** What it may publish to besides its own. */
  public List<TopicFilter> publishable() {
    return mayPublish.stream().map(TopicFilter::new).toList();
  }
}
