package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class TalkCommandTest extends RunningNodeFixture {
  @Test
  void whatWasAskedAndAnsweredIsKept() {
    assertThat(run("events")).isZero();
    assertThat(out).startsWith("Nothing came in yet");
    assertThat(run("chat", "how", "are", "you")).isZero();
    assertThat(out).isNotBlank();
    assertThat(run("events")).isZero();
    assertThat(out).startsWith("just now      chat: how are you\n");
    startNode();
    assertThat(run("chat", "and", "now?")).isZero();
    assertThat(run("events", "-n", "1")).isZero();
    assertThat(out).startsWith("just now      chat: and now?\n").hasLineCount(2);
    assertThat(run("events", "--json")).isZero();
    assertThat(out).contains("\"kind\" : \"question\"", "\"state\" : \"done\"");
    assertThat(run("status")).isZero();
    assertThat(out).contains("answers when asked; 0 waiting");
    assertThat(run("events", "-n", "0")).isEqualTo(2);
  }

  @Test
  void aQuestionThatIsTooLongIsRefusedInASentence() {
    startNode();
    assertThat(run("chat", "x".repeat(2_001))).isOne();
    assertThat(err).contains("A message has 1 to 2,000 characters, had 2,001");
  }

  @Test
  void withoutAModelAChangeWaits() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state").resolve("config.yaml"),
        """
        agent:
          sources: [gpio:17]
          topics:
            - {topic: home/+/door, good_for: 30m}
          schedules:
            - {name: morning, at: "07:00", say: Look after the plants}
        """);
    startNode();
    assertThat(run("status")).isZero();
    assertThat(out).contains("agent").contains("0 waiting");
  }

  @Test
  void aMistakeInWhatIsAnsweredIsNamedWithItsPlace() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state").resolve("config.yaml"),
        """
        agent:
          schedules:
            - {name: morning, at: "7 o'clock", say: Look after the plants}
        """);
    assertThat(run("events")).isOne();
    assertThat(err)
        .contains("config.yaml")
        .contains("'at' of the schedule 'morning' is a time such as 07:30");
  }
}
