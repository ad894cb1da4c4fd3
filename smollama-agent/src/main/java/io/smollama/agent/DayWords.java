package io.smollama.agent;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds days, weeks, months and years that a text names, as seen from a day: {@code yesterday},
 * {@code last Monday}, {@code 2 November}, {@code two weeks ago}. What could be one of several is
 * the last that has begun.
 */
final class DayWords {
  /**
   * Whole days.
   *
   * @param start where its words begin in the text
   * @param end where they end
   * @param first the first day
   * @param after the day after the last
   * @param past whether the words themselves say that it is past; {@code Monday} may be any
   */
  record Days(int start, int end, LocalDate first, LocalDate after, boolean past) {
    boolean isOne() {
      return first.plusDays(1).equals(after);
    }
  }

  private record Span(LocalDate first, LocalDate after, boolean past) {
    static Span day(LocalDate day, boolean past) {
      return new Span(day, day.plusDays(1), past);
    }

    static Span month(YearMonth month, boolean past) {
      return new Span(month.atDay(1), month.plusMonths(1).atDay(1), past);
    }

    static Span year(int year, boolean past) {
      return new Span(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1), past);
    }

    Span orNot() {
      return new Span(first, after, false);
    }

    static Span week(LocalDate within) {
      LocalDate monday = within.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      return new Span(monday, monday.plusWeeks(1), true);
    }
  }

  private interface Reading {
    Span read(MatchResult words, LocalDate today);
  }

  private record Rule(Pattern pattern, Reading reading) {
    static Rule of(String pattern, Reading reading) {
      return new Rule(
          Pattern.compile("(?<![\\w-])(?:" + pattern + ")(?![\\w-])", Pattern.CASE_INSENSITIVE),
          reading);
    }
  }

  private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
  private static final String YEAR = "(?:,? ((?:19|20)\\d\\d))?";
  private static final String UNIT = "(day|week|month|year)s?";

  /** Of two that begin at the same place the earlier in this list is meant. */
  private static final List<Rule> RULES =
      List.of(
          Rule.of("(\\d{4})-(\\d\\d)-(\\d\\d)", (m, today) -> iso(m, today)),
          Rule.of("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})", (m, today) -> dotted(m, today)),
          Rule.of(
              "(?:the )?" + DAY + " (?:of )?(" + CalendarNames.MONTH_OR_SHORT + ")" + YEAR,
              (m, today) -> date(m.group(1), m.group(2), m.group(3), today)),
          Rule.of(
              "(" + CalendarNames.MONTH_OR_SHORT + ") (?:the )?" + DAY + YEAR,
              (m, today) -> date(m.group(2), m.group(1), m.group(3), today)),
          Rule.of(
              "(?:the )?day before yesterday", (m, today) -> Span.day(today.minusDays(2), true)),
          Rule.of("yesterday", (m, today) -> Span.day(today.minusDays(1), true)),
          Rule.of("(earlier )?today", (m, today) -> Span.day(today, m.group(1) != null)),
          Rule.of(
              "(" + CalendarNames.WEEKDAY + ") (?:of )?last week",
              (m, today) ->
                  Span.day(
                      Span.week(today.minusWeeks(1))
                          .first()
                          .with(TemporalAdjusters.nextOrSame(CalendarNames.weekday(m.group(1)))),
                      true)),
          Rule.of(
              "(last |past |previous )?(" + CalendarNames.WEEKDAY + ")( last)?",
              (m, today) ->
                  Span.day(
                      today.with(TemporalAdjusters.previous(CalendarNames.weekday(m.group(2)))),
                      m.group(1) != null || m.group(3) != null)),
          Rule.of(
              "last (" + CalendarNames.MONTH + ")",
              (m, today) ->
                  Span.month(
                      begun(CalendarNames.month(m.group(1)), YearMonth.from(today).minusMonths(1)),
                      true)),
          Rule.of(
              "(?:in |during )?(" + CalendarNames.MONTH + "),? (?:of )?((?:19|20)\\d\\d)",
              (m, today) ->
                  Span.month(
                      YearMonth.of(Integer.parseInt(m.group(2)), CalendarNames.month(m.group(1))),
                      true)),
          Rule.of(
              "(?:in|during|since|of) (" + CalendarNames.MONTH + ")",
              (m, today) ->
                  Span.month(begun(CalendarNames.month(m.group(1)), YearMonth.from(today)), false)),
          Rule.of(
              "(?:in|during|since) ((?:19|20)\\d\\d)",
              (m, today) -> Span.year(Integer.parseInt(m.group(1)), false)),
          Rule.of(
              "(" + NumberWords.PATTERN + ") " + UNIT + " (?:ago|before|earlier)",
              (m, today) -> ago(NumberWords.of(m.group(1)), m.group(2), today)),
          Rule.of(
              "(?:the )?(?:last|past|previous) (" + NumberWords.PATTERN + ") " + UNIT,
              (m, today) -> lately(NumberWords.of(m.group(1)), m.group(2), today)),
          Rule.of("(?:the )?past " + UNIT, (m, today) -> lately(1, m.group(1), today)),
          Rule.of("week before last", (m, today) -> Span.week(today.minusWeeks(2))),
          Rule.of("(?:last|previous) week", (m, today) -> Span.week(today.minusWeeks(1))),
          Rule.of("this week", (m, today) -> Span.week(today).orNot()),
          Rule.of(
              "(?:last|previous) month",
              (m, today) -> Span.month(YearMonth.from(today).minusMonths(1), true)),
          Rule.of("this month", (m, today) -> Span.month(YearMonth.from(today), false)),
          Rule.of("(?:last|previous) year", (m, today) -> Span.year(today.getYear() - 1, true)),
          Rule.of("this year", (m, today) -> Span.year(today.getYear(), false)),
          Rule.of("on the (\\d{1,2})(?:st|nd|rd|th)", (m, today) -> dayOfMonth(m, today)));

  private DayWords() {}

  /** All that are named and do not overlap, in their order; a date that is none is passed over. */
  static List<Days> in(String text, LocalDate today) {
    List<Days> found = new ArrayList<>();
    for (Rule rule : RULES) {
      rule.pattern()
          .matcher(text)
          .results()
          .filter(words -> found.stream().noneMatch(other -> overlap(other, words)))
          .forEach(words -> add(found, rule, words, today));
    }
    found.sort(Comparator.comparingInt(Days::start));
    return found;
  }

  private static boolean overlap(Days days, MatchResult words) {
    return days.start() < words.end() && words.start() < days.end();
  }

  private static void add(List<Days> found, Rule rule, MatchResult words, LocalDate today) {
    try {
      Span span = rule.reading().read(words, today);
      found.add(new Days(words.start(), words.end(), span.first(), span.after(), span.past()));
    } catch (DateTimeException e) {
      // the 31st of February is no day
    }
  }

  private static Span iso(MatchResult m, LocalDate today) {
    return given(LocalDate.of(number(m, 1), number(m, 2), number(m, 3)), today);
  }

  private static Span dotted(MatchResult m, LocalDate today) {
    return given(LocalDate.of(number(m, 3), number(m, 2), number(m, 1)), today);
  }

  /** The date of today may be written down as well. */
  private static Span given(LocalDate day, LocalDate today) {
    return Span.day(day, day.isBefore(today));
  }

  private static int number(MatchResult m, int group) {
    return Integer.parseInt(m.group(group));
  }

  private static Span date(String day, String month, String year, LocalDate today) {
    Month named = CalendarNames.month(month);
    int of = Integer.parseInt(day);
    if (year != null) {
      return given(LocalDate.of(Integer.parseInt(year), named, of), today);
    }
    int last = today.getYear();
    while (!YearMonth.of(last, named).isValidDay(of)
        || LocalDate.of(last, named, of).isAfter(today)) {
      if (of > named.maxLength()) {
        throw new DateTimeException("No such day");
      }
      last--;
    }
    return Span.day(LocalDate.of(last, named, of), false);
  }

  private static Span dayOfMonth(MatchResult m, LocalDate today) {
    int day = number(m, 1);
    YearMonth month = YearMonth.from(today.minusDays(day - 1L));
    return Span.day(
        month.isValidDay(day) ? month.atDay(day) : month.minusMonths(1).atDay(day), false);
  }

  /** The last such month that is not after another. */
  private static YearMonth begun(Month month, YearMonth latest) {
    YearMonth then = YearMonth.of(latest.getYear(), month);
    return then.isAfter(latest) ? then.minusYears(1) : then;
  }

  private static Span ago(int count, String unit, LocalDate today) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "day" -> Span.day(today.minusDays(count), true);
      case "week" -> Span.day(today.minusWeeks(count), true);
      case "month" -> Span.month(YearMonth.from(today).minusMonths(count), true);
      default -> Span.year(today.getYear() - count, true);
    };
  }

  /** Whole days up to today, today included. */
  private static Span lately(int count, String unit, LocalDate today) {
    LocalDate first =
        switch (unit.toLowerCase(Locale.ROOT)) {
          case "day" -> today.minusDays(count);
          case "week" -> today.minusWeeks(count);
          case "month" -> today.minusMonths(count);
          default -> today.minusYears(count);
        };
    return new Span(first, today.plusDays(1), true);
  }
}
