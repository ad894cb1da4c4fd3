package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EmbeddingModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactContradictionTest {
  private static final EmbeddingModel MODEL = new EmbeddingModel("any", 1, 0.9);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The bins go out on Monday           | The bins go out on Tuesday
          The bins go out on Monday.          | the bins go  out on tuesday
          The bins go out every Monday        | The bins go out every Thursday
          The yoga class is on Mondays        | The yoga class is on Fridays
          Pump 1 runs at 5 bar                | Pump 1 runs at 6 bar
          The rent is 500 euros               | The rent is 550 euros
          The rent is about €500              | The rent is about €550
          The heating is set to 21 °C         | The heating is set to 19 °C
          The heating is set to 21°C          | The heating is set to 19°C
          The humidity limit is 60%           | The humidity limit is 65%
          The gate code is 4711               | The gate code is 4712
          The meeting is at 10:30 on Friday   | The meeting is at 11:00 on Friday
          The boiler is serviced every May    | The boiler is serviced every June
          The shop is open until 18:00        | The shop is open until 20:00
          The window in the bath is open      | The window in the bath is closed
          The alarm is on                     | The alarm is off
          The alarm is now enabled            | The alarm is now disabled
          The cellar door is always locked    | The cellar door is always unlocked
          The house has 3 floors              | The house has 4 floors
          Parking costs 2 euros               | Parking costs 3 euros
          threshold = 5                       | threshold = 7
          threshold=5                         | threshold=7
          The gate is locked                  | The gate is not locked
          The gate is locked                  | The gate isn't locked
          """)
  void aValueThatTellsTheNewsReplacesTheOlder(String older, String newer) {
    assertThat(FactContradiction.between(newer, older)).isTrue();
    assertThat(FactContradiction.between(older, newer)).isTrue();
    assertThat(FactWords.frame(newer)).isEqualTo(FactWords.frame(older));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Pump 1 runs at 5 bar                | Pump 2 runs at 5 bar
          Pump 1 runs at 5 bar                | Pump 2 runs at 6 bar
          Heating is on in room 1             | Heating is on in room 2
          The valve on 3 is open              | The valve on 4 is open
          Room 1 has 3 windows                | Room 2 has 3 windows
          On Monday the bins go out           | On Tuesday the bins go out
          The meeting at 10 is in the hall    | The meeting at 11 is in the hall
          The meeting on Monday is cancelled  | The meeting on Tuesday is cancelled
          When the door is open it is cold    | When the door is closed it is cold
          The fan is on when the hall is hot  | The fan is off when the hall is hot
          The bins go out on Monday and Friday | The bins go out on Monday and Sunday
          The bins go out on Monday           | The paper bins go out on Tuesday
          The bins go out on Monday           | The bins go out on Mondays
          The pressure is 5 bar               | The pressure is 5 psi
          The pressure is 5bar                | The pressure is 6psi
          The cat is on the router            | The dog is on the router
          The cat is called Tom               | The cat is called Tim
          The boiler holds 1.8 bar            | The boiler holds 1.2 bar
          Anna was born in 1980               | Anna was born in 1981
          The phone of Anna is 555 1234       | The phone of Anna is 555 4321
          The sensor is 5 m from rack 2       | The sensor is 5 m from rack 3
          Do not lock the gate                | Do lock the gate
          The lamp is red                     | The lamp is green
          The door was opened on Monday       | The door was opened on Tuesday
          The boiler was serviced in March    | The boiler was not serviced in March
          The alarm is on                     | The alarm is on
          """)
  void inDoubtBothAreKept(String older, String newer) {
    assertThat(FactContradiction.between(newer, older)).isFalse();
    assertThat(FactContradiction.between(older, newer)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The bins go out Monday evening   | The bins go out Tuesday evening  | false
          The bins go out Monday evening   | Monday evening the bins go out   | true
          The boiler holds 1.8 bar         | The boiler holds 1.2 bar         | false
          Pump 1 feeds tank 2              | Pump 2 feeds tank 1              | false
          The gate is never locked         | The gate is locked               | false
          The door stays shut              | The door stays open              | false
          The heater doesn't work          | The heater works                 | false
          The boiler is serviced in May    | In May the boiler is serviced    | true
          The boiler is serviced in May    | The boiler is serviced in June   | false
          Paul is older than Mary          | Mary is older than Paul          | false
          """)
  void nearVectorsAloneDoNotMakeOneFact(String one, String other, boolean same) {
    assertThat(FactSimilarity.same(one, other, 0.95, MODEL)).isEqualTo(same);
    assertThat(FactSimilarity.same(one, other, 0.85, MODEL)).isFalse();
  }
}
