package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.memory.Corrections;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryEdit;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Provenance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactPagesTest extends CorrectionPagesFixture {
  @Test
  void isShownWithWhereItComesFromAndWhetherItIsTrue() {
    node.store.remember(new NewMemory("The lift is slow", 0.5, Provenance.MODEL).fromOutside());
    say("The bins go out on Monday");
    say("The bins go out on Monday");
    assertThat(node.get("/memories").body())
        .contains("by a model", "50 % sure", "words from outside")
        .contains("by a person", "85 % sure", "said 2 times", "from pi", ">true<", "just now");
  }

  @Test
  void isConfirmedDisputedRetractedAndRestored() {
    Memory fact = say("The cellar is damp");
    assertThat(done("confirm", fact.id())).contains("Confirmed", "said 2 times", "85 % sure");
    assertThat(done("dispute", fact.id(), "reason", "dry today"))
        .contains("75 % sure", "disputed: dry today");
    assertThat(done("retract", fact.id())).contains("Restore").doesNotContain("memory/confirm");
    assertThat(now(fact).active()).isFalse();
    assertThat(node.get("/memories").body())
        .contains("No fact is true now")
        .doesNotContain("The cellar is damp");
    assertThat(node.get("/memories?all=true").body()).contains("The cellar is damp", "retracted");
    assertThat(done("restore", fact.id())).contains("Restored.", "memory/confirm");
    assertThat(now(fact).active()).isTrue();
  }

  @Test
  void isEditedWhereThePersonChangedItAndNowhereElse() {
    Memory fact = say("The celar is damp");
    node.store
        .corrections()
        .edit(fact.id(), MemoryEdit.NONE.tags(List.of("house")), Corrections.By.OPERATOR);
    done(
        "edit",
        fact.id(),
        "text",
        "The cellar is damp",
        "text_was",
        "The celar is damp",
        "tags",
        "wet",
        "tags_was",
        "wet",
        "valid_to",
        "2026-12-24",
        "valid_to_was",
        "");
    assertThat(now(fact).fact()).isEqualTo("The cellar is damp");
    assertThat(now(fact).tags()).as("changed meanwhile").containsExactly("house");
    assertThat(now(fact).validTo()).as("of Berlin").contains(Instant.parse("2026-12-23T23:00:00Z"));
    assertThat(closeUp(fact.id()))
        .contains("true until 2026-12-24", "value=\"2026-12-24\"", "said: The celar is damp");
    done("edit", fact.id(), "tags", "house, wet ,", "tags_was", "house", "valid_to_was", "x");
    assertThat(now(fact).tags()).containsExactly("house", "wet");
    assertThat(now(fact).validTo()).isEmpty();
  }

  @Test
  void endsNowAndIsTrueAgain() {
    Memory fact = say("The heating is off");
    assertThat(done("edit", fact.id(), "valid_to", "now"))
        .contains("no longer true since 2026-03-01", "Still true");
    assertThat(node.store.memories(5)).isEmpty();
    assertThat(done("edit", fact.id(), "valid_to_was", "2026-03-01")).contains(">true<");
    assertThat(node.store.memories(5)).hasSize(1);
  }

  @Test
  void namesWhatItReplacedAndWhatReplacedIt() {
    Memory old = say("Anna lives in Bonn");
    node.clock.advance(Duration.ofDays(1));
    Memory newer =
        node.store.remember(NewMemory.of("Anna moved to Kiel").replacing(old.id())).memory();
    assertThat(closeUp(newer.id()))
        .contains("in place of: <a href=\"/memories?id=" + old.id() + "\">Anna lives in Bonn</a>");
    assertThat(node.get("/memories?id=" + old.id()).body())
        .contains("no longer true since 2026-03-02")
        .contains("replaced by: <a href=\"/memories?id=" + newer.id() + "\">Anna moved to Kiel")
        .startsWith("<!doctype html>");
  }

  @Test
  void isFoundAsItWasBelievedOnADay() {
    Memory old = say("Anna lives in Bonn");
    node.store.remember(
        NewMemory.of("Grandma is here")
            .valid(Optional.empty(), Optional.of(Instant.parse("2026-03-03T12:00:00Z"))));
    node.clock.advance(Duration.ofDays(5));
    node.store.remember(NewMemory.of("Anna lives in Kiel").replacing(old.id()));
    node.clock.advance(Duration.ofDays(5));
    assertThat(node.get("/memories?believed=2026-03-01").body())
        .contains("Anna lives in Bonn", "at the end of 2026-03-01", ">true<")
        .contains("true until 2026-03-03")
        .doesNotContain("Kiel", "no longer true");
    assertThat(node.get("/memories?believed=2026-03-01&q=anna").body())
        .contains("Anna lives in Bonn")
        .doesNotContain("Kiel");
    assertThat(node.get("/memories?believed=2026-02-28").body())
        .contains("Nothing was held to be true then");
    assertThat(node.get("/memories?believed=2099-01-01").body())
        .contains("Anna lives in Kiel")
        .doesNotContain("Bonn");
    assertThat(node.get("/memories?q=anna&all=true").body()).contains("Bonn", "Kiel");
  }

  @Test
  void isEscapedWhereverItIsShown() {
    Memory fact = node.store.remember(NewMemory.of(EVIL).tagged(List.of(EVIL))).memory();
    List<String> shown =
        List.of(
            closeUp(fact.id()),
            node.get("/memories?id=" + fact.id()).body(),
            done("dispute", fact.id(), "reason", EVIL),
            post("edit", fact.id(), "valid_to", EVIL).body(),
            node.get(
                    "/htmx/memories?believed=" + URLEncoder.encode(EVIL, StandardCharsets.UTF_8),
                    "HX-Request",
                    "true")
                .body());
    assertThat(shown).noneMatch(html -> html.contains("<script>") || html.contains("<img src=x"));
  }
}
