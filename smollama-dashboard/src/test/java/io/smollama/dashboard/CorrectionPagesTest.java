package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryFilter;
import io.smollama.memory.Observation;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionPagesTest extends CorrectionPagesFixture {
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
