package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import io.smollama.memory.Corrections;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryEdit;
import io.smollama.memory.MemoryFilter;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.Provenance;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionPagesTest {
  private static final String EVIL = "<script>alert(1)</script>\"'><img src=x>";

  @TempDir Path folder;
  private Node node;

  @BeforeEach
  void open() {
    node = new Node(folder, Optional.empty());
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Memory say(String fact) {
    return node.store.remember(NewMemory.of(fact)).memory();
  }

  private Memory now(Memory fact) {
    return node.store.memory(fact.id()).orElseThrow();
  }

  private Observation smoke() {
    return node.store.observe(
        NewObservation.of(
            "Smoke in the kitchen",
            ObservationType.ANOMALY,
            List.of(SourceId.parse("mqtt:kitchen/smoke"))));
  }

  /** What a browser sends, the id and fields with their values as pairs. */
  private HttpResponse<String> post(String what, EntryId id, String... fields) {
    StringBuilder form = new StringBuilder("id=" + id.hex());
    for (int i = 0; i < fields.length; i += 2) {
      String value = URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8);
      form.append('&').append(fields[i]).append('=').append(value);
    }
    return node.postForm("/htmx/memory/" + what, form.toString(), "HX-Request", "true");
  }

  private String done(String what, EntryId id, String... fields) {
    HttpResponse<String> response = post(what, id, fields);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private String closeUp(EntryId id) {
    return node.get("/htmx/closeup?id=" + id.hex()).body();
  }

  @Nested
  class AFact {
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
      assertThat(now(fact).validTo())
          .as("of Berlin")
          .contains(Instant.parse("2026-12-23T23:00:00Z"));
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
          .contains(
              "in place of: <a href=\"/memories?id=" + old.id() + "\">Anna lives in Bonn</a>");
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

  @Nested
  class AnObservation {
    @Test
    void isShownWithItsSourcesAndRetractedForEver() {
      Observation smoke = smoke();
      assertThat(closeUp(smoke.id()))
          .contains("by the observer", "80 % sure", "mqtt:kitchen/smoke", "hx-confirm");
      assertThat(done("retract-observation", smoke.id(), "reason", "toast"))
          .contains("retracted or summed up")
          .doesNotContain("hx-post");
      assertThat(node.get("/observations").body()).doesNotContain("Smoke in the kitchen");
      assertThat(node.get("/observations?all=true").body()).contains("Smoke in the kitchen");
      assertThat(node.get("/observations?id=" + smoke.id()).body())
          .contains("Smoke in the kitchen");
    }

    @Test
    void isSmallAgainWhenClosed() {
      assertThat(node.get("/htmx/finding?id=" + smoke().id()).body())
          .contains("Smoke in the kitchen", "autofocus", "/htmx/closeup?id=")
          .doesNotContain("retract-observation");
    }
  }

  @Nested
  class Refused {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        textBlock =
            """
            edit    | x=1                     | changes at least one thing
            edit    | text_was=a              | A fact needs words
            edit    | valid_to=tomorrow       | A day is written like 2026-03-01
            edit    | valid_from=2026-05-01&valid_to=2026-04-01 | 2026
            retract-observation | x=1         | There is no fact and no observation
            """)
    void isWhatMakesNoSense(String what, String fields, String says) {
      Memory fact = say("The cellar is damp");
      HttpResponse<String> response =
          node.postForm(
              "/htmx/memory/" + what, "id=" + fact.id() + "&" + fields, "HX-Request", "true");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("class=\"problem\"", says);
      assertThat(now(fact)).isEqualTo(fact);
    }

    @Test
    void isAnIdOfNothing() {
      String nothing = "0".repeat(64);
      assertThat(node.get("/memories?id=" + nothing).statusCode()).isEqualTo(404);
      assertThat(node.get("/htmx/closeup?id=abc").statusCode()).isEqualTo(400);
      assertThat(post("confirm", new EntryId(nothing)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"confirm", "dispute", "edit", "retract", "restore", "retract-observation"})
    void areChangesByGetPlainFormsAndOtherSites(String what) {
      Memory fact = say("The cellar is damp");
      Observation smoke = smoke();
      EntryId id = what.endsWith("observation") ? smoke.id() : fact.id();
      String path = "/htmx/memory/" + what;
      String form = "id=" + id + "&text=new";
      assertThat(node.get(path + "?" + form, "HX-Request", "true").statusCode()).isEqualTo(405);
      assertThat(node.postForm(path, form).statusCode()).isEqualTo(403);
      assertThat(
              node.postForm(path, form, "HX-Request", "true", "Sec-Fetch-Site", "cross-site")
                  .statusCode())
          .isEqualTo(403);
      assertThat(node.store.memories(MemoryFilter.everything(9))).containsExactly(fact);
      assertThat(node.store.observation(smoke.id())).contains(smoke);
    }
  }
}
