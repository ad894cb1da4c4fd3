package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import io.smollama.core.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActClaimsTest {
  private static final ToolCall CALL = new ToolCall("1", "write_gpio", "{}");

  private static ActRecord receipt(Verdict verdict, String says, boolean readBack) {
    Act act = Act.of(SourceId.parse("gpio:18"), true, Caller.model("tiny"), "");
    return new ActRecord(Instant.EPOCH, act, verdict, says, Optional.of(readBack));
  }

  private static String honest(String text, ActRecord... receipts) {
    List<Turn.Use> uses = new ArrayList<>();
    for (ActRecord one : receipts) {
      uses.add(new Turn.Use(CALL, ToolResult.of(one), false, true));
    }
    return ActClaims.honest(new Turn(text, uses, Turn.Ending.ANSWERED, Optional.of("tiny")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I have turned the lamp on.",
        "I've switched it on for you!",
        "The lamp has been turned on.",
        "The garage door is now open.",
        "Done!",
        "Turning on the lamp",
        "I’m opening the garage."
      })
  void withoutAReceiptAClaimIsReplaced(String claim) {
    assertThat(honest(claim))
        .isEqualTo("The model says that it did something; nothing was switched.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It is 21.3 °C.",
        "The lamp is off.",
        "I could not turn on the lamp.",
        "The door was opened 3 minutes ago.",
        "Shall I turn the lamp on?",
        "Please check whether the pump is on."
      })
  void whatClaimsNothingStays(String text) {
    assertThat(honest(text)).isEqualTo(text);
  }

  @Test
  void aReceiptIsToldBesideTheWords() {
    assertThat(honest("The lamp is on now.", receipt(Verdict.DONE, "lamp is on", true)))
        .isEqualTo("The lamp is on now.\n[Done: lamp is on]");
  }

  @Test
  void afterARefusalWordsOfSuccessAreReplaced() {
    ActRecord refused = receipt(Verdict.REFUSED, "lock is hazardous", false);
    assertThat(honest("The lock was opened.", refused))
        .isEqualTo(
            "The model says that it did something; nothing was switched.\n[Refused: lock is hazardous]");
    assertThat(honest("I could not open the lock.", refused))
        .isEqualTo("I could not open the lock.\n[Refused: lock is hazardous]");
    assertThat(honest("Both are on.", receipt(Verdict.DONE, "lamp is on", true), refused))
        .isEqualTo("Both are on.\n[Done: lamp is on]\n[Refused: lock is hazardous]");
    assertThat(honest("Both were switched on.", receipt(Verdict.DONE, "lamp is on", true), refused))
        .startsWith("The model says that it did something; nothing was switched but this.\n[Done");
  }

  @Test
  void wordsOfTheOtherWayAreReplaced() {
    ActRecord done = receipt(Verdict.DONE, "lamp is on", true);
    assertThat(honest("The lamp was turned off.", done))
        .isEqualTo(
            "The model says that it did something; nothing was switched but this.\n[Done: lamp is on]");
    assertThat(honest("The lamp was turned on, the pump is off.", done)).startsWith("The lamp was");
  }

  private static String after(ToolResult result, boolean acting, String text) {
    List<Turn.Use> uses = List.of(new Turn.Use(CALL, result, false, acting));
    return ActClaims.honest(new Turn(text, uses, Turn.Ending.ANSWERED, Optional.of("tiny")));
  }

  @Test
  void keepingAFactIsNoReceiptForAnAct() {
    ToolResult kept = ToolResult.ofKept("kept: bins on Monday");
    assertThat(after(kept, false, "I have added it.")).isEqualTo("I have added it.");
    assertThat(after(kept, false, "I have turned the lamp on.")).startsWith("The model says");
  }

  @Test
  void aSourceThatCouldNotBeReadIsNoAttemptToAct() {
    ToolResult failed = ToolResult.failure("no source is called that");
    String told = "The door was opened 3 minutes ago.";
    assertThat(after(failed, false, told)).isEqualTo(told);
    assertThat(after(failed, true, told)).startsWith("The model says");
  }

  @Test
  void anActThatReadsBackOtherwiseIsNone() {
    assertThat(honest("The lamp is now on.", receipt(Verdict.DONE, "?", false)))
        .startsWith("The model says");
  }
}
