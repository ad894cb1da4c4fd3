package io.smollama.sync;

import io.smollama.core.Frontier;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.ArrayList;
import java.util.List;

/** Answers the parts of one request of a peer, in their order. One thread at a time. */
final class Answering {
  private static final PullReply LATER = new PullReply(List.of(), 1, Frontier.EMPTY);

  private final CreditAccounts credits;
  private final String device;
  private final Stamp now;

  Answering(CreditAccounts credits, String device, Stamp now) {
    this.credits = credits;
    this.device = device;
    this.now = now;
  }

  /** The answer, no longer than a message may be. */
  byte[] answer(Replica replica, List<SyncMessage> parts) {
    requireOrder(parts);
    List<SyncMessage> answers = new ArrayList<>();
    byte[] encoded = SyncWire.encode(answers);
    for (SyncMessage part : parts) {
      int most = part instanceof Pull pull ? pull.maxBytes() : Limits.MESSAGE_BYTES;
      answers.add(answer(replica, part, most));
      encoded = SyncWire.encode(answers);
      while (encoded.length > Limits.MESSAGE_BYTES) {
        most /= 2;
        answers.set(answers.size() - 1, smaller(replica, part, answers, most));
        encoded = SyncWire.encode(answers);
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

  private SyncMessage answer(Replica replica, SyncMessage part, int most) {
    if (part instanceof Hello hello) {
      return replica.answer(hello, credits.left(device), now);
    } else if (part instanceof Push push) {
      return pushed(replica, push);
    }
    return replica.answer(((Pull) part).ofAtMost(most));
  }

  private PushReply pushed(Replica replica, Push push) {
    long reserved = credits.reserve(device, Charge.size(push.runs()));
    long spent = 0;
    try {
      PushReply reply = replica.answer(push, reserved, now);
      spent = Math.min(reserved, Charge.of(push.runs(), reply.verdicts()));
      return reply;
    } finally {
      credits.giveBack(device, reserved - spent);
    }
  }

  /** Less of what the answerer may say later as well; never of a verdict. */
  private SyncMessage smaller(
      Replica replica, SyncMessage part, List<SyncMessage> answers, int most) {
    SyncMessage answer = answers.get(answers.size() - 1);
    if (part instanceof Pull && most > 0) {
      return answer(replica, part, most);
    } else if (answer instanceof PullReply && !answer.equals(LATER)) {
      return LATER;
    } else if (answer instanceof PushReply reply && !reply.held().equals(Frontier.EMPTY)) {
      return new PushReply(reply.verdicts(), Frontier.EMPTY);
    }
    throw MalformedMessageException.tooLarge("the message", "asks about too many chains at once");
  }
}
