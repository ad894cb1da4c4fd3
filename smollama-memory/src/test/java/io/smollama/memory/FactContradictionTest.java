package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactContradictionTest {
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
          The gate is locked                  | The gate isn’t locked
          The frost limit is -5 °C            | The frost limit is 6 °C
          The frost limit is -5 °C            | The frost limit is 5 °C
          The market is on Wednesday          | The market is on Saturday
          The market is on Saturday           | The market is on Sunday
          """)
  void aValueThatTellsTheNewsReplacesTheOlder(String older, String newer) {
    assertThat(FactContradiction.between(newer, older)).isTrue();
    assertThat(FactContradiction.between(older, newer)).isTrue();
    assertThat(FactWords.frame(newer)).isEqualTo(FactWords.frame(older));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is",
        "are",
        "has",
        "have",
        "costs",
        "cost",
        "equals",
        "weighs",
        "runs at",
        "runs on",
        "goes to",
        "comes every",
        "lasts until",
        "lasts till",
        "is about",
        "is around",
        "is approximately",
        "is roughly",
        "is exactly",
        "is only",
        "is now",
        "is currently",
        "is still",
        "is always",
        "is set to",
        "is set",
        "is usually"
      })
  void theseWordsAnnounceANumber(String words) {
    assertThat(FactContradiction.between("It " + words + " 5", "It " + words + " 6")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "on, off",
    "open, closed",
    "open, shut",
    "enabled, disabled",
    "locked, unlocked",
    "active, inactive",
    "always, never",
    "yes, no",
    "true, false",
    "full, empty",
    "high, low",
    "working, broken",
    "possible, impossible",
    "allowed, forbidden",
    "safe, unsafe"
  })
  void theseWordsAreOpposites(String one, String other) {
    assertThat(FactContradiction.between("It is " + one, "It is " + other)).isTrue();
    assertThat(FactContradiction.between("It is " + other, "It is " + one)).isTrue();
    assertThat(FactWords.frame("It is " + one)).isEqualTo(FactWords.frame("It is " + other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if",
        "when",
        "whenever",
        "while",
        "unless",
        "during",
        "after",
        "before",
        "because",
        "and",
        "or"
      })
  void underAConditionBothMayBeTrue(String condition) {
    String night = " " + condition + " night";
    assertThat(FactContradiction.between("The fan is on" + night, "The fan is off" + night))
        .isFalse();
    assertThat(FactContradiction.between("It is locked" + night, "It is not locked" + night))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"was", "were", "had", "did"})
  void whatHappenedOnceStaysSo(String verb) {
    assertThat(
            FactContradiction.between(
                "We " + verb + " there on Monday", "We " + verb + " there on Tuesday"))
        .isFalse();
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
          The frost limit is -5 °C            | The frost limit is −5 °C
          The rent is 500 euros for flat 2    | The rent is 550 euros for flat 3
          The rent is about $500              | The rent is about €550
          The bonus is +5 euros               | The bonus is 5 euros
          Is the gate locked?                 | Is not the gate locked?
          Please do lock the gate             | Please do not lock the gate
          The gate is locked                  | The door is not locked
          """)
  void inDoubtBothAreKept(String older, String newer) {
    assertThat(FactContradiction.between(newer, older)).isFalse();
    assertThat(FactContradiction.between(older, newer)).isFalse();
  }
}
