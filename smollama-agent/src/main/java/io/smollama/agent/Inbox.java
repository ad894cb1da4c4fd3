package io.smollama.agent;

import io.smollama.agent.InboxEntry.State;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model shall answer to, on durable storage before any model sees it: it waits while no
 * model is at hand, survives a crash, and is begun three times at most. What comes again under the
 * same key joins what waits; when much waits it is given out together, so that nothing is asked
 * many times. When it is full, the least urgent goes, counted. Thread-safe.
 */
public final class Inbox implements AutoCloseable {
  private static final int MOST_KEPT = 1_000;
  private static final int MOST_ATTEMPTS = 3;

  /** So many that wait are told one by one; more are told together. */
  private static final int ONE_BY_ONE = 3;

  private static final int MOST_TOGETHER = 20;

  private final InboxFile file;
  private final InboxIntake intake;
  private final InstantSource clock;

  private Inbox(InboxFile file, InstantSource clock) {
    this.file = file;
    this.intake = new InboxIntake(file);
    this.clock = clock;
  }

  /** What becomes of a trigger that comes. */
  public enum Offer {
    /** It waits. */
    TAKEN,
    /** It joined what waits under its key. */
    JOINED,
    /** It had come before. */
    REPEATED,
    /** There was no room. */
    DROPPED
  }

  /**
   * Opens or makes the file. What a model was at when the process before ended waits again.
   *
   * @throws InboxException if it cannot be opened, or is of a later version
   */
  public static Inbox open(Path path, InstantSource clock) {
    Inbox inbox = new Inbox(InboxFile.open(path), clock);
    inbox.resume();
    return inbox;
  }

  private synchronized void resume() {
    List<InboxEntry> begun =
        file.writing(() -> file.entries("WHERE state = ?", State.RUNNING.ordinal()));
    // A person who asked has gone with the process.
    begun.stream()
        .filter(entry -> entry.trigger().kind() == Trigger.Kind.QUESTION)
        .forEach(entry -> end(List.of(entry), State.EXPIRED, "the program ended meanwhile"));
    List<InboxEntry> others =
        begun.stream().filter(entry -> entry.trigger().kind() != Trigger.Kind.QUESTION).toList();
    fail(others, "the program ended meanwhile");
  }

  /** Takes a trigger in; once this returns, it is not forgotten. */
  public synchronized Offer offer(Trigger trigger) {
    return file.writing(() -> intake.taken(trigger, clock.millis()));
  }

  /**
   * What is to be answered next, most urgent first: one, or of what is no question up to twenty
   * together when more than three wait. It counts as begun.
   */
  public synchronized List<InboxEntry> next() {
    return file.writing(
        () -> {
          long now = clock.millis();
          file.update(
              "UPDATE entry SET state = ?, outcome = 'nobody needed it any more' WHERE state = 0 AND last + good_for <= ?",
              State.EXPIRED.ordinal(),
              now);
          List<InboxEntry> waiting =
              file.entries("WHERE state = 0 ORDER BY kind, number LIMIT ?", MOST_TOGETHER);
          boolean one =
              waiting.size() <= ONE_BY_ONE
                  || waiting.get(0).trigger().kind() == Trigger.Kind.QUESTION;
          List<InboxEntry> next =
              waiting.subList(0, Math.min(one ? 1 : MOST_TOGETHER, waiting.size()));
          List<InboxEntry> begun = new ArrayList<>();
          for (InboxEntry entry : next) {
            file.update(
                "UPDATE entry SET state = ?, attempts = attempts + 1 WHERE number = ?",
                State.RUNNING.ordinal(),
                entry.number());
            begun.addAll(file.entries("WHERE number = ?", entry.number()));
          }
          return List.copyOf(begun);
        });
  }

  /**
   * Takes in what is answered at once, as a question of a person who waits is.
   *
   * @return it, begun
   */
  public synchronized InboxEntry begin(Trigger trigger) {
    return file.writing(
        () -> {
          intake.insert(trigger, clock.millis(), State.RUNNING, 1);
          return file.entries("WHERE number = last_insert_rowid()").get(0);
        });
  }

  /** They were answered. */
  public synchronized void done(List<InboxEntry> entries, String answer) {
    end(entries, State.DONE, answer);
  }

  private void end(List<InboxEntry> entries, State state, String outcome) {
    file.writing(
        () -> {
          for (InboxEntry entry : entries) {
            file.update(
                "UPDATE entry SET state = ?, outcome = ? WHERE number = ?",
                state.ordinal(),
                outcome,
                entry.number());
          }
          return file.update(
              "DELETE FROM entry WHERE state > 1 AND number NOT IN (SELECT number FROM entry WHERE state > 1 ORDER BY number DESC LIMIT ?)",
              MOST_KEPT);
        });
  }

  /** No model was at hand: they wait as before. */
  public synchronized void postpone(List<InboxEntry> entries) {
    entries.forEach(entry -> waitAgain(entry, entry.attempts() - 1, Optional.empty()));
  }

  /** It went wrong: they are tried again, but not for ever. */
  public synchronized void fail(List<InboxEntry> entries, String why) {
    for (InboxEntry entry : entries) {
      if (entry.attempts() >= MOST_ATTEMPTS) {
        end(List.of(entry), State.GIVEN_UP, why);
      } else {
        waitAgain(entry, entry.attempts(), Optional.of(why));
      }
    }
  }

  /** What came under the same key meanwhile takes its place, and counts it. */
  private void waitAgain(InboxEntry entry, int attempts, Optional<String> why) {
    file.writing(
        () -> {
          int joined =
              file.update(
                  "UPDATE entry SET count = count + ?, first = min(first, ?), attempts = max(attempts, ?), trusted = trusted AND ? WHERE state = 0 AND kind = ? AND key = ?",
                  entry.count(),
                  entry.first().toEpochMilli(),
                  attempts,
                  entry.trigger().trusted() ? 1 : 0,
                  entry.trigger().kind().ordinal(),
                  entry.trigger().key());
          return joined > 0
              ? file.update("DELETE FROM entry WHERE number = ?", entry.number())
              : file.update(
                  "UPDATE entry SET state = 0, attempts = ?, outcome = ? WHERE number = ?",
                  attempts,
                  why.orElse(null),
                  entry.number());
        });
  }

  /** The newest, also those that are answered, newest first. */
  public synchronized List<InboxEntry> latest(int limit) {
    return file.writing(() -> file.entries("ORDER BY number DESC LIMIT ?", limit));
  }

  /** How many wait. */
  public synchronized long waiting() {
    return file.writing(() -> file.number("SELECT count(*) FROM entry WHERE state = 0").orElse(0L));
  }

  /** How many were dropped for want of room, ever, of each kind of which any was. */
  public synchronized Map<Trigger.Kind, Long> dropped() {
    return file.writing(
        () -> {
          Map<Trigger.Kind, Long> counts = new EnumMap<>(Trigger.Kind.class);
          for (Trigger.Kind kind : Trigger.Kind.values()) {
            Optional<Long> count =
                file.number("SELECT count FROM dropped WHERE kind = ?", kind.ordinal());
            count.ifPresent(number -> counts.put(kind, number));
          }
          return counts;
        });
  }

  /** In one line, for people. */
  public String says() {
    String lost =
        dropped().entrySet().stream()
            .map(one -> "%,d of kind %s".formatted(one.getValue(), one.getKey()))
            .collect(Collectors.joining(", "));
    return "%,d waiting%s"
        .formatted(waiting(), lost.isEmpty() ? "" : "; dropped for want of room: " + lost);
  }

  @Override
  public synchronized void close() {
    file.close();
  }
}
