package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EmbeddingModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactSimilarityTest {
  private static final EmbeddingModel MODEL = new EmbeddingModel("any", 1, 0.9);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The bins go out Monday evening   | The bins go out Tuesday evening  | false
          The bins go out Monday evening   | Monday evening the bins go out   | true
          The boiler holds 1.8 bar         | The boiler holds 1.2 bar         | false
          Pump 1 feeds tank 2              | Pump 2 feeds tank 1              | false
          The freezer is set to -18 °C     | The freezer is set to 18 °C      | false
          The freezer is set to -18 °C     | The freezer is set to −18 °C     | true
          The valve of zone A-5 is new     | The valve of zone A 5 is new     | true
          Open from 10-12 on Monday        | Open from 10 to 12 on Monday     | true
          The gate is never locked         | The gate is locked               | false
          The door stays shut              | The door stays open              | false
          The heater doesn't work          | The heater works                 | false
          The door won't open              | The door will open               | false
          The boiler was serviced in May   | The old boiler was serviced in May | true
          The boiler is serviced in May    | In May the boiler is serviced    | true
          The boiler is serviced in May    | The boiler is serviced in June   | false
          Paul is older than Mary          | Mary is older than Paul          | false
          """)
  void nearVectorsAloneDoNotMakeOneFact(String one, String other, boolean same) {
    assertThat(FactSimilarity.same(one, other, 0.95, MODEL)).isEqualTo(same);
    assertThat(FactSimilarity.same(one, other, 0.85, MODEL)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not",
        "no",
        "never",
        "none",
        "without",
        "nobody",
        "nothing",
        "off",
        "closed",
        "shut",
        "disabled",
        "unlocked",
        "inactive",
        "empty",
        "broken",
        "forbidden",
        "cannot"
      })
  void aWordThatDeniesMakesAnotherFact(String word) {
    assertThat(FactSimilarity.same("The shed is there", "The shed is " + word, 0.99, MODEL))
        .isFalse();
    assertThat(FactSimilarity.same("The shed is there", "The shed is here", 0.99, MODEL)).isTrue();
  }
}
