package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asked on Thursday, 26 November 2026, at 14:20 in Berlin. */
class PastTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = at("2026-11-26T14:20");

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  private static Optional<AskedTime> in(String question) {
    return new PastTimes(NOW, BERLIN).in(question);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How warm was the kitchen yesterday?          | yesterday             | 2026-11-25T00:00 | 2026-11-26T00:00
          how warm was it the day before yesterday     | the day before yesterday | 2026-11-24T00:00 | 2026-11-25T00:00
          kitchen temperature on 2026-02-28            | 2026-02-28            | 2026-02-28T00:00 | 2026-03-01T00:00
          what was it at 2026-11-02T15:00              | at 2026-11-02 15:00   | 2026-11-02T14:30 | 2026-11-02T15:30
          How warm was the kitchen last Monday?        | last Monday           | 2026-11-23T00:00 | 2026-11-24T00:00
          was it cold last Thursday                    | last Thursday         | 2026-11-19T00:00 | 2026-11-20T00:00
          was it cold on Thursday                      | Thursday              | 2026-11-19T00:00 | 2026-11-20T00:00
          how warm was it on Monday at 8 pm            | Monday at 8 pm        | 2026-11-23T19:30 | 2026-11-23T20:30
          how warm was it at 8 in the evening on Monday | at 8 in the evening on Monday | 2026-11-23T19:30 | 2026-11-23T20:30
          kitchen temperature Monday morning           | Monday morning        | 2026-11-23T06:00 | 2026-11-23T12:00
          how cold was it on Tuesday last week         | Tuesday last week     | 2026-11-17T00:00 | 2026-11-18T00:00
          how warm was the kitchen on 2 November       | 2 November            | 2026-11-02T00:00 | 2026-11-03T00:00
          how warm was it on the 2nd of November       | the 2nd of November   | 2026-11-02T00:00 | 2026-11-03T00:00
          how warm was it on November 2nd, 2025        | November 2nd, 2025    | 2025-11-02T00:00 | 2025-11-03T00:00
          how warm was it on 2 Nov 2025                | 2 Nov 2025            | 2025-11-02T00:00 | 2025-11-03T00:00
          how warm was it on 24 December               | 24 December           | 2025-12-24T00:00 | 2025-12-25T00:00
          how warm was it on 29 February               | 29 February           | 2024-02-29T00:00 | 2024-03-01T00:00
          how warm was it on 2.11.2026                 | 2.11.2026             | 2026-11-02T00:00 | 2026-11-03T00:00
          how warm was it on the 2nd                   | on the 2nd            | 2026-11-02T00:00 | 2026-11-03T00:00
          how warm was it on the 30th                  | on the 30th           | 2026-10-30T00:00 | 2026-10-31T00:00
          how warm was it yesterday at noon            | yesterday at noon     | 2026-11-25T11:30 | 2026-11-25T12:30
          how warm was it at noon yesterday            | at noon yesterday     | 2026-11-25T11:30 | 2026-11-25T12:30
          load at 15:20 yesterday                      | at 15:20 yesterday    | 2026-11-25T15:05 | 2026-11-25T15:35
          was the door open yesterday evening          | yesterday evening     | 2026-11-25T18:00 | 2026-11-26T00:00
          how cold was it last night                   | last night            | 2026-11-25T22:00 | 2026-11-26T06:00
          how warm was it today                        | today                 | 2026-11-26T00:00 | 2026-11-26T14:20
          how warm was it at noon today                | at noon today         | 2026-11-26T11:30 | 2026-11-26T12:30
          how cold was it this morning                 | this morning          | 2026-11-26T06:00 | 2026-11-26T12:00
          how warm was it in March                     | in March              | 2026-03-01T00:00 | 2026-04-01T00:00
          how warm was it in December                  | in December           | 2025-12-01T00:00 | 2026-01-01T00:00
          how warm was it in November                  | in November           | 2026-11-01T00:00 | 2026-11-26T14:20
          how warm was it last March                   | last March            | 2026-03-01T00:00 | 2026-04-01T00:00
          how warm was it last November                | last November         | 2025-11-01T00:00 | 2025-12-01T00:00
          rain in May 2025                             | in May 2025           | 2025-05-01T00:00 | 2025-06-01T00:00
          how much did it rain in 2025                 | in 2025               | 2025-01-01T00:00 | 2026-01-01T00:00
          how warm was it last week                    | last week             | 2026-11-16T00:00 | 2026-11-23T00:00
          how warm was it this week                    | this week             | 2026-11-23T00:00 | 2026-11-26T14:20
          how warm was it last month                   | last month            | 2026-10-01T00:00 | 2026-11-01T00:00
          how warm was it last year                    | last year             | 2025-01-01T00:00 | 2026-01-01T00:00
          how warm was it 3 days ago                   | 3 days ago            | 2026-11-23T00:00 | 2026-11-24T00:00
          how warm was it two weeks ago                | two weeks ago         | 2026-11-12T00:00 | 2026-11-13T00:00
          how warm was it a month ago                  | a month ago           | 2026-10-01T00:00 | 2026-11-01T00:00
          how warm was it 3 days ago at noon           | 3 days ago at noon    | 2026-11-23T11:30 | 2026-11-23T12:30
          how warm was it 3 hours ago                  | 3 hours ago           | 2026-11-26T10:50 | 2026-11-26T11:50
          how warm was it half an hour ago             | half an hour ago      | 2026-11-26T13:35 | 2026-11-26T14:05
          how warm was it 20 minutes ago               | 20 minutes ago        | 2026-11-26T13:55 | 2026-11-26T14:05
          how warm was it in the last 24 hours         | the last 24 hours     | 2026-11-25T14:20 | 2026-11-26T14:20
          how busy was it the past hour                | the past hour         | 2026-11-26T13:20 | 2026-11-26T14:20
          how warm was it in the last three days       | the last three days   | 2026-11-23T00:00 | 2026-11-26T14:20
          has the door opened since Monday             | since Monday          | 2026-11-23T00:00 | 2026-11-26T14:20
          how warm was it between Monday and Wednesday | Monday and Wednesday  | 2026-11-23T00:00 | 2026-11-26T00:00
          how warm was it from 2 November to 5 November | 2 November to 5 November | 2026-11-02T00:00 | 2026-11-06T00:00
          how warm was it at 9 am                      | at 9 am               | 2026-11-26T08:30 | 2026-11-26T09:30
          how warm was it at 9 pm                      | at 9 pm               | 2026-11-25T20:30 | 2026-11-25T21:30
          """)
  void areUnderstood(String question, String words, String from, String to) {
    assertThat(in(question)).contains(new AskedTime(words, at(from), at(to)));
  }

  @Test
  void aDayIsThatOfTheZoneAlsoWhereItHas25Hours() {
    assertThat(in("how warm was it on 25 October"))
        .contains(
            new AskedTime(
                "25 October",
                Instant.parse("2026-10-24T22:00:00Z"),
                Instant.parse("2026-10-25T23:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How warm is the kitchen today?",
        "do the bins go out on Monday",
        "when are the bins due in March",
        "is anything on 2 November",
        "what will it be on 2026-12-24",
        "what is on next Monday",
        "was it warm on 2026-02-31",
        "may I open the window",
        "do we march on sun and sand",
        "how much sun is there now",
        "is it 20 °C at the door",
        "how full is disk 2026",
        "the bins go out every Monday, is that so"
      })
  void whatIsNotPastIsNot(String question) {
    assertThat(in(question)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"how warm is it as of last Easter", "was it cold at Christmas", "on 2/11/2026"})
  void whatSoundsPastIsToldApart(String question) {
    assertThat(in(question)).isEmpty();
    assertThat(new PastTimes(NOW, BERLIN).isHinted(question)).isTrue();
  }

  @Test
  void thePresentDoesNotSoundPast() {
    assertThat(new PastTimes(NOW, BERLIN).isHinted("how warm is it")).isFalse();
  }
}
