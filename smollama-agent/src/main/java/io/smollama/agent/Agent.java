package io.smollama.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.SmollamaException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what is in the inbox, one after the other, by a model with tools, in a thread of its own.
 * While no model is at hand everything waits; what it waited with is answered together. What it did
 * is kept with each entry, and told to others under the node's topic {@code agent}. Thread-safe.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** How long nobody looks for a model that is away, or for what was not told of. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Inbox inbox;
  private final NodeMeans means;
  private final ChatModel model;
  private final EventTurns turns;
  private final Thread thread = new Thread(this::run, "smollama-agent");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private boolean hasNews;
  private volatile boolean closed;

  /** What came of one step. */
  public enum Step {
    /** Something was answered, or given back. */
    ANSWERED,
    /** Nothing waits. */
    IDLE,
    /** Something waits for a model. */
    AWAY
  }

  /**
   * An agent that has not started.
   *
   * @param means what the model has to work with
   */
  public Agent(Inbox inbox, NodeMeans means, ChatModel model) {
    this.inbox = inbox;
    this.means = means;
    this.model = model;
    this.turns = new EventTurns(means, model);
  }

  /** Begins to answer. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Tells that something came in. */
  public void wake() {
    lock.lock();
    try {
      hasNews = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!closed) {
      Step step = Step.AWAY;
      try {
        step = step();
      } catch (SmollamaException e) {
        LOG.warn("{}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.warn("The agent failed; it goes on", e);
      }
      if (step != Step.ANSWERED) {
        pause();
      }
    }
  }

  private void pause() {
    lock.lock();
    try {
      if (!hasNews && !closed) {
        boolean woken = news.awaitNanos(PAUSE.toNanos()) > 0;
        LOG.trace("Goes on, {}", woken ? "woken" : "by itself");
      }
      hasNews = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Answers what is next, if anything waits and a model is at hand. */
  Step step() {
    if (inbox.waiting() == 0) {
      return Step.IDLE;
    } else if (model.available().isEmpty()) {
      return Step.AWAY;
    }
    List<InboxEntry> entries = inbox.next();
    if (entries.isEmpty()) {
      return Step.IDLE;
    }
    try {
      Turn turn = turns.answer(entries);
      inbox.done(entries, turn.text());
      LOG.info("{}: {}", about(entries), turn.text());
      told(entries, turn);
      return Step.ANSWERED;
    } catch (ChatException e) {
      if (model.available().isEmpty() || Thread.currentThread().isInterrupted()) {
        inbox.postpone(entries);
        return Step.AWAY;
      }
      inbox.fail(entries, e.getMessage());
      return Step.ANSWERED;
    } catch (RuntimeException e) {
      inbox.fail(entries, "It failed inside: " + e);
      throw e;
    }
  }

  private static List<String> about(List<InboxEntry> entries) {
    return entries.stream().map(entry -> entry.trigger().key()).toList();
  }

  /** What was answered is not begun again because nobody can be told of it. */
  private void told(List<InboxEntry> entries, Turn turn) {
    try {
      tell(entries, turn);
    } catch (SmollamaException | IllegalStateException e) {
      LOG.warn("Nobody is told what was done about {}: {}", about(entries), e.getMessage());
    }
  }

  private void tell(List<InboxEntry> entries, Turn turn) {
    ObjectNode told = ModelJson.object();
    about(entries).forEach(told.putArray("about")::add);
    told.put("text", turn.text());
    turn.model().ifPresent(name -> told.put("model", name));
    told.put("hops", 1);
    means.messages().ifPresent(messages -> messages.tell(told.toString()));
  }

  /** Ends what is under way, which waits for the next start. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
