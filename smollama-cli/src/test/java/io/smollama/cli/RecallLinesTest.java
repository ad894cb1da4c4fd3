package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a person sees of a recall, and what JSON says of it. */
class RecallLinesTest extends ProgramFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Nested
  class WhatIsHardlyNear {
    private final ObjectNode answer = JSON.createObjectNode().put("by_meaning", true);
    private final ArrayNode hits = answer.putArray("hits");

    @Test
    void followsWhatIsNearAndIsMarked() {
      hit(0.43, true);
      hit(0.21, false);
      hit(0.0, false);
      assertThat(told())
          .containsExactly(
              "0.43  A  (fact)", "(hardly near:)", "0.21  B  (fact)", "   -  C  (fact)");
    }

    @Test
    void isNamedAsTheNearestWhereNothingIsNear() {
      hit(0.001, true);
      assertThat(told()).containsExactly("(nothing fits well; nearest to it:)", "   -  A  (fact)");
    }

    private void hit(double score, boolean near) {
      String text = String.valueOf((char) ('A' + hits.size()));
      hits.addObject()
          .put("type", "fact")
          .put("text", text)
          .put("score", score)
          .put("near", near)
          .put("why", "meaning");
    }

    private List<String> told() {
      ByteArrayOutputStream told = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
      new RecallLines("", false)
          .tell(answer, new Terminal(out, new ByteArrayInputStream(new byte[0])));
      return told.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Nested
  class WhatIsRetractedOrPast {
    @Test
    void isMarkedInTextAndJson() throws Exception {
      run("remember", "The bins go out on Monday");
      run("remember", "The bins go out on Tuesday");
      run("remember", "--json", "The bins are green");
      String green = JSON.readTree(out).path("memory_id").asText();
      run("memory", "retract", green);
      run("recall", "--all", "bins");
      assertThat(out).containsPattern("green  \\(fact, just now, retracted just now\\)");
      assertThat(out).containsPattern("Monday  \\(fact, just now, true until ");
      run("recall", "--json", "--all", "bins");
      for (JsonNode hit : JSON.readTree(out).path("hits")) {
        String text = hit.path("text").asText();
        assertThat(hit.path("active").asBoolean()).as(text).isEqualTo(!text.contains("green"));
        assertThat(hit.path("true_now").asBoolean()).as(text).isEqualTo(text.contains("Tuesday"));
        assertThat(hit.hasNonNull("valid_to")).as(text).isEqualTo(text.contains("Monday"));
        assertThat(hit.hasNonNull("hidden_from")).as(text).isEqualTo(text.contains("green"));
      }
    }
  }

  @Nested
  class Sources {
    @Test
    void areGivenByPatterns() throws Exception {
      notice("dht:attic/temperature", "dht:cellar/humidity", "gpio:17");
      assertThat(found("--source", "dht:*")).isEqualTo(2);
      assertThat(found("--source", "*humidity", "--source", "gpio:17")).isEqualTo(2);
      assertThat(found("--source", "gpio:17,dht:attic/*")).isEqualTo(2);
      assertThat(found()).isEqualTo(3);
    }

    @Test
    void thatFitNothingAreToldAndWhichThereAre() throws Exception {
      notice("dht:attic/temperature", "dht:cellar/humidity", "gpio:17");
      assertThat(run("recall", "--source", "dht", "noticed")).isZero();
      assertThat(out)
          .isEqualTo(
              "(No observation is about 'dht'. There are: dht:attic/temperature,"
                  + " dht:cellar/humidity, gpio:17)\n");
      assertThat(found("--source", "dht")).isZero();
      assertThat(run("recall", "--source", " ", "noticed")).isEqualTo(2);
      assertThat(err).contains("--source is a source or a pattern");
    }

    private int found(String... options) throws Exception {
      List<String> arguments = new ArrayList<>(List.of("recall", "--json"));
      arguments.addAll(List.of(options));
      arguments.add("noticed");
      assertThat(run(arguments.toArray(String[]::new))).as(err).isZero();
      return JSON.readTree(out).path("hits").size();
    }

    private void notice(String... sources) {
      StringBuilder lines = new StringBuilder();
      for (String source : sources) {
        lines
            .append("{\"kind\":\"observation\",\"text\":\"noticed of ")
            .append(source.replaceAll("\\W", " "))
            .append("\",\"confidence\":0.5,\"sources\":[\"")
            .append(source)
            .append("\"]}\n");
      }
      typed = lines.toString();
      assertThat(run("memory", "import", "-")).as(err).isZero();
    }
  }

  @Test
  void findingNothingIsSaidOfWhatWasAskedFor() {
    run("recall", "bins");
    assertThat(out).isEqualTo("Found no fact and no observation that fits.\n");
    run("recall", "--kind", "memory", "bins");
    assertThat(out).isEqualTo("Found no fact that fits.\n");
  }
}
