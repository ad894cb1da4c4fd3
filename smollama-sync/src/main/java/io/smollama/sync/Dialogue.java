package io.smollama.sync;

import io.smollama.core.Frontier;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.core.SyncTransport.Call;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One exchange with a peer over a transport, from hello until all is said. One thread at a time.
 */
final class Dialogue {
  private final SharedReplica replica;
  private final SyncTransport transport;
  private final SyncSetup setup;
  private final BatchSize batch;
  private final Consumer<SyncProgress> listener;
  private final long began;
  private SyncProgress progress = SyncProgress.NONE;
  private Frontier held = Frontier.EMPTY;

  Dialogue(
      SharedReplica replica,
      SyncTransport transport,
      SyncSetup setup,
      BatchSize batch,
      Consumer<SyncProgress> listener) {
    this.replica = replica;
    this.transport = transport;
    this.setup = setup;
    this.batch = batch;
    this.listener = listener;
    this.began = setup.nanos().getAsLong();
  }

  /**
   * How it ended.
   *
   * @param exchange which tells what was refused
   * @param held what both hold now; empty if it is not certain that it is the same
   */
  record Outcome(Exchange exchange, Optional<Frontier> held) {}

  /**
   * Says all that there is to say.
   *
   * @param exchange a new one
   * @param believed what the peer held when it was last met
   * @param stopped ends it early, between two messages
   * @throws SyncException if the peer does not answer
   */
  Outcome run(Exchange exchange, Optional<Frontier> believed, BooleanSupplier stopped) {
    exchange.messageBytes(batch.bytes());
    List<SyncMessage> parts = exchange.opening(believed, replica.now());
    while (!parts.isEmpty() && !stopped.getAsBoolean()) {
      Optional<byte[]> message = fitting(parts);
      if (message.isPresent()) {
        List<SyncMessage> answers = ask(parts, message.get(), exchange);
        accept(exchange, answers);
      }
      exchange.messageBytes(batch.bytes());
      parts = next(exchange);
    }
    boolean complete = parts.isEmpty() && exchange.left() == 0;
    return new Outcome(exchange, complete ? Optional.of(held) : Optional.empty());
  }

  /** What is held when nothing is to be said any more, the peer holds too. */
  private List<SyncMessage> next(Exchange exchange) {
    List<SyncMessage> parts = exchange.next(replica.now()).stream().toList();
    if (parts.isEmpty()) {
      held = replica.frontier();
    }
    return parts;
  }

  /** A message that is too long after all is made anew with less in it. */
  private Optional<byte[]> fitting(List<SyncMessage> parts) {
    byte[] message = SyncWire.encode(parts);
    if (message.length <= Limits.MESSAGE_BYTES) {
      return Optional.of(message);
    }
    if (batch.isLeast()) {
      throw new SyncException(
          transport.peer(), Fault.TOO_LARGE, "what is to be said does not fit in a message");
    }
    batch.failed();
    return Optional.empty();
  }

  private List<SyncMessage> ask(List<SyncMessage> parts, byte[] message, Exchange exchange) {
    long asked = setup.nanos().getAsLong();
    byte[] answer;
    try {
      answer = transport.ask(call(parts), message);
    } catch (SyncException e) {
      batch.failed();
      throw e;
    }
    long mono = replica.now().mono();
    long now = setup.nanos().getAsLong();
    batch.answered(now - asked, Math.max(message.length, answer.length));
    List<SyncMessage> answers = decoded(answer);
    requireAnswers(parts, answers);
    told(answers, mono, Duration.ofNanos(now - asked));
    progress =
        new SyncProgress(
            progress.sent() + acknowledged(parts, answers),
            progress.received() + received(answers),
            exchange.left(),
            progress.bytesSent() + message.length,
            progress.bytesReceived() + answer.length,
            progress.roundTrips() + 1,
            Duration.ofNanos(now - began));
    return answers;
  }

  private void told(List<SyncMessage> answers, long mono, Duration roundTrip) {
    for (SyncMessage answer : answers) {
      if (answer instanceof HelloReply reply && reply.time().isPresent()) {
        setup.told().accept(PeerTime.of(reply.time().get(), mono, roundTrip));
      }
    }
  }

  private static Call call(List<SyncMessage> parts) {
    if (parts.stream().anyMatch(Push.class::isInstance)) {
      return Call.PUSH;
    }
    return parts.stream().anyMatch(Pull.class::isInstance) ? Call.PULL : Call.HELLO;
  }

  private List<SyncMessage> decoded(byte[] answer) {
    try {
      return SyncWire.decode(answer);
    } catch (MalformedMessageException e) {
      throw new SyncException(transport.peer(), Fault.BROKEN, "the answer: " + e.getMessage(), e);
    }
  }

  private void requireAnswers(List<SyncMessage> parts, List<SyncMessage> answers) {
    boolean each = parts.size() == answers.size();
    for (int i = 0; i < parts.size() && each; i++) {
      each =
          parts.get(i) instanceof Push push
              ? answers.get(i) instanceof PushReply reply
                  && reply.verdicts().size() == push.runs().size()
              : parts.get(i) instanceof Pull
                  ? answers.get(i) instanceof PullReply
                  : answers.get(i) instanceof HelloReply;
    }
    if (!each) {
      throw new SyncException(
          transport.peer(), Fault.BROKEN, "the answer does not go with what was asked");
    }
  }

  private static long acknowledged(List<SyncMessage> parts, List<SyncMessage> answers) {
    long entries = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Push push && answers.get(i) instanceof PushReply reply) {
        for (int run = 0; run < push.runs().size(); run++) {
          boolean took = reply.verdicts().get(run).acknowledges();
          entries += took ? push.runs().get(run).entries().size() : 0;
        }
      }
    }
    return entries;
  }

  private static long received(List<SyncMessage> answers) {
    return answers.stream()
        .filter(PullReply.class::isInstance)
        .flatMap(reply -> ((PullReply) reply).runs().stream())
        .mapToLong(run -> run.entries().size())
        .sum();
  }

  private void accept(Exchange exchange, List<SyncMessage> answers) {
    Stamp now = replica.now();
    answers.forEach(answer -> exchange.accept(answer, now));
    progress = progress.leaving(exchange.left());
    listener.accept(progress);
  }
}
