package io.smollama.sync;

import io.smollama.core.Frontier;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Answers the parts of one request of a peer, in their order. One thread at a time. */
final class Answering {
  private static final PullReply NOTHING = new PullReply(List.of(), 0, Frontier.EMPTY);
  private static final PullReply LATER = new PullReply(List.of(), 1, Frontier.EMPTY);

  private final SharedReplica replica;
  private final SyncScope offered;
  private final CreditAccounts credits;
  private final String device;
  private Optional<ReplicaId> writesAs = Optional.empty();

  Answering(SharedReplica replica, SyncScope offered, CreditAccounts credits, String device) {
    this.replica = replica;
    this.offered = offered;
    this.credits = credits;
    this.device = device;
  }

  /** The answer, no longer than a message may be. */
  byte[] answer(List<SyncMessage> parts) {
    requireOrder(parts);
    List<SyncMessage> answers = new ArrayList<>();
    parts.forEach(part -> answers.add(answer(part, most(part))));
    byte[] encoded = SyncWire.encode(answers);
    return encoded.length > Limits.MESSAGE_BYTES ? fitted(parts, answers) : encoded;
  }

  private static int most(SyncMessage part) {
    return part instanceof Pull pull ? pull.maxBytes() : Limits.MESSAGE_BYTES;
  }

  /** What comes first has its room first. */
  private byte[] fitted(List<SyncMessage> parts, List<SyncMessage> answers) {
    List<SyncMessage> fitting = new ArrayList<>();
    byte[] encoded = SyncWire.encode(fitting);
    for (int i = 0; i < parts.size(); i++) {
      int most = most(parts.get(i));
      fitting.add(answers.get(i));
      encoded = SyncWire.encode(fitting);
      while (encoded.length > Limits.MESSAGE_BYTES) {
        most /= 2;
        fitting.set(i, smaller(parts.get(i), fitting, most));
        encoded = SyncWire.encode(fitting);
      }
    }
    return encoded;
  }

  /** Each once, and the pull last: then it does not bring back what the push brought. */
  private static void requireOrder(List<SyncMessage> parts) {
    int rank = -1;
    for (SyncMessage part : parts) {
      int next =
          part instanceof Hello ? 0 : part instanceof Push ? 1 : part instanceof Pull ? 2 : -1;
      if (next <= rank) {
        throw MalformedMessageException.of(
            "the message", "a request has a hello, a push and a pull at most, in this order");
      }
      rank = next;
    }
  }

  private SyncMessage answer(SyncMessage part, int most) {
    if (part instanceof Hello hello) {
      writesAs = Optional.of(hello.replica());
      return replica.answer(hello, credits.left(device));
    } else if (part instanceof Push push) {
      return pushed(push);
    }
    return pulled(((Pull) part).ofAtMost(most));
  }

  private PullReply pulled(Pull pull) {
    if (offered == SyncScope.ALL || !pull.origins().isEmpty()) {
      return replica.answer(pull);
    }
    TreeSet<ReplicaId> origins = new TreeSet<>();
    writesAs.ifPresent(origins::add);
    pull.frontier().chains().keySet().forEach(chain -> origins.add(chain.origin()));
    return origins.isEmpty() ? NOTHING : replica.answer(pull.of(origins));
  }

  private PushReply pushed(Push push) {
    long reserved = credits.reserve(device, Charge.size(push.runs()));
    long spent = 0;
    try {
      PushReply reply = replica.answer(push, reserved);
      spent = Math.min(reserved, Charge.of(push.runs(), reply.verdicts()));
      return reply;
    } finally {
      credits.giveBack(device, reserved - spent);
    }
  }

  /** Less of what the answerer may say later as well; never of a verdict. */
  private SyncMessage smaller(SyncMessage part, List<SyncMessage> answers, int most) {
    SyncMessage answer = answers.get(answers.size() - 1);
    if (part instanceof Pull && most > 0) {
      return answer(part, most);
    } else if (answer instanceof PullReply && !answer.equals(LATER)) {
      return LATER;
    } else if (answer instanceof PushReply reply && !reply.held().equals(Frontier.EMPTY)) {
      return new PushReply(reply.verdicts(), Frontier.EMPTY);
    }
    throw MalformedMessageException.tooLarge("the message", "asks about too many chains at once");
  }
}
