package io.smollama.dashboard;

import io.smollama.agent.Ask;
import io.smollama.core.Reading;
import io.smollama.memory.MemoryStore;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a dashboard shows of a node. Nothing in it is closed by the dashboard; all of it is called
 * by several threads at once. Immutable.
 *
 * @param name the name of the node
 * @param version the version of the program
 * @param memory what is remembered
 * @param ask answers questions
 * @param readings the newest reading of each source; answers at once, from what is known
 * @param health how each part is; answers at once, from what is known
 * @param sync how it shares what it knows; empty if it keeps no log that is shared
 * @param acts where its outputs are switched; empty if it has none
 * @param chat where a person talks with it; empty if it does not talk
 * @param looks where a person has a model look at the readings; empty if none does
 * @param clock tells the age of things
 * @param zone the calendar by which a day is meant
 */
public record NodeView(
    String name,
    String version,
    MemoryStore memory,
    Ask ask,
    Supplier<List<Reading>> readings,
    Supplier<List<PartHealth>> health,
    Optional<SyncDesk> sync,
    Optional<ActDesk> acts,
    Optional<ChatDesk> chat,
    Optional<LookDesk> looks,
    InstantSource clock,
    ZoneId zone) {

  public NodeView {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(ask, "ask");
    Objects.requireNonNull(readings, "readings");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(sync, "sync");
    Objects.requireNonNull(acts, "acts");
    Objects.requireNonNull(chat, "chat");
    Objects.requireNonNull(looks, "looks");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(zone, "zone");
  }
}
