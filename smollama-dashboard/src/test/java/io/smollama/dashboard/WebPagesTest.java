package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPagesTest extends NodeFixture {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/readings", "/observations", "/memories"})
  void eachPageIsWholeAndNamesTheNode(String path) {
    HttpResponse<String> page = node.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).startsWith("<!doctype html>").contains("<h1>pi-test</h1>", "</html>");
  }

  @Test
  void theFirstViewHoldsTheValuesWithoutAnyScript() {
    node.readings.add(Reading.of("system:cpu_temp", 47.236, "celsius", node.clock.instant()));
    node.store.observe(NewObservation.of("The hall is cold", ObservationType.ANOMALY, List.of()));
    node.store.remember(NewMemory.of("Bins go out on Monday"));
    node.health.add(new PartHealth("sync", PartHealth.State.FAILING, "no answer"));
    assertThat(node.get("/").body())
        .contains("CPU temperature", "<b>47.2</b>", "°C", "The hall is cold", "Bins go out")
        .contains("1 of 1 part failing", "no answer")
        .contains("1 observation and 1 fact kept");
  }

  @Test
  void nothingYetIsSaid() {
    assertThat(node.get("/").body())
        .contains("No readings yet", "Nothing noticed yet", "No facts yet", "All well");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/htmx/readings",
        "/htmx/observations",
        "/htmx/memories",
        "/htmx/stats",
        "/htmx/health",
        "/htmx/recall?q=a"
      })
  void fragmentsAreHtmlAndNoWholePage(String path) {
    HttpResponse<String> fragment = node.get(path);
    assertThat(fragment.statusCode()).isEqualTo(200);
    assertThat(fragment.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(fragment.body()).doesNotContain("<html");
  }

  @Test
  void observationsAreFilteredByTheForm() {
    node.store.observe(NewObservation.of("Kitchen warm", ObservationType.STATUS, List.of()));
    node.store.observe(NewObservation.of("Hall cold", ObservationType.ANOMALY, List.of()));
    assertThat(node.get("/observations?query=&obs_type=anomaly&hours=24").body())
        .contains("Hall cold")
        .contains("<option value=\"anomaly\" selected>")
        .doesNotContain("Kitchen warm");
  }

  @Test
  void theDayOfASourceIsDrawnAndBreaksOffWhereNothingWasSaid() {
    Instant now = node.clock.instant();
    assertThat(node.get("/readings").body())
        .contains("No chart yet. A source is drawn once its numbers span 30 minutes");
    node.store.readings().append(List.of(Reading.of("t:new", 1, "", now.minusSeconds(9))));
    node.store.readings().append(List.of(Reading.of("t:new", 2, "", now.minusSeconds(4))));
    assertThat(node.get("/htmx/charts").body()).doesNotContain("<svg");
    for (int minutes : new int[] {1_200, 1_190, 1_180, 300, 290, 280}) {
      Instant then = now.minus(Duration.ofMinutes(minutes));
      node.store.readings().append(List.of(Reading.of("t:a", minutes / 10.0, "celsius", then)));
    }
    String charts = node.get("/htmx/charts").body();
    assertThat(charts).contains("aria-label=\"A in the last 24 hours: 28 °C to 120 °C\"");
    assertThat(charts).containsPattern("class=\"course\" d=\"M48\\.0 2\\.0h0L[^M]+M[^M]+\"");
    assertThat(node.get("/readings").body()).contains(charts.strip());
  }

  @Test
  void aQuestionIsAnsweredInAFragment() {
    node.readings.add(Reading.of("mqtt:hall/humidity", 61, "percent", node.clock.instant()));
    HttpResponse<String> answer =
        node.postForm("/htmx/ask", "question=Is+the+hall+damp%3F", "HX-Request", "true");
    assertThat(answer.body())
        .contains(
            "Is the hall damp?", "No language model", "<li>mqtt:hall/humidity 61 %, just now");
  }

  @Test
  void aFactIsRememberedAndTheListIsToldToRefresh() {
    HttpResponse<String> said =
        node.postForm("/htmx/memories", "fact=Bins+on+Monday", "HX-Request", "true");
    assertThat(said.body()).contains("Remembered: Bins on Monday");
    assertThat(said.headers().firstValue("HX-Trigger")).contains("remembered");
    assertThat(node.postForm("/htmx/memories", "fact=Bins+on+Monday", "HX-Request", "true").body())
        .contains("now said 2 times");
  }

  @Test
  void aMissingFieldIsSaidInTheResultArea() {
    HttpResponse<String> said = node.postForm("/htmx/ask", "question=+", "HX-Request", "true");
    assertThat(said.statusCode()).isEqualTo(400);
    assertThat(said.body()).contains("class=\"problem\"", "Type a question first");
  }

  @Test
  void whatSensorsPeopleAndModelsSayIsEscaped() {
    node.readings.add(
        new Reading(
            new SourceId("t", "a" + EVIL),
            new ReadingValue.Text(EVIL),
            EVIL,
            node.clock.instant(),
            Map.of("name", EVIL)));
    node.store.observe(NewObservation.of(EVIL, ObservationType.GENERAL, List.of()));
    node.store.remember(NewMemory.of(EVIL));
    node.health.add(new PartHealth(EVIL, PartHealth.State.OK, EVIL));
    String form = "question=" + URLEncoder.encode(EVIL, StandardCharsets.UTF_8);
    List<String> answers =
        List.of(
            node.get("/").body(),
            node.get("/readings").body(),
            node.get("/observations?query=%3Cscript%3Ealert(1)%3C/script%3E%22'").body(),
            node.get("/memories?q=%22%3E%3Cscript%3Ealert(1)").body(),
            node.get("/htmx/recall?q=alert").body(),
            node.get("/htmx/observations?obs_type=%3Cscript%3E", "HX-Request", "true").body(),
            node.postForm("/htmx/ask", form, "HX-Request", "true").body());
    assertThat(answers).noneMatch(html -> html.contains("<script>") || html.contains("<img src=x"));
    assertThat(answers.get(0)).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void thePageRunsNoInlineScriptOrStyle() {
    node.health.add(new PartHealth("a", PartHealth.State.OK, "fine"));
    assertThat(node.get("/").body())
        .doesNotContainPattern(Pattern.compile("<script(?![^>]*src=)|<style|\\sstyle=|\\son\\w+="));
  }
}
