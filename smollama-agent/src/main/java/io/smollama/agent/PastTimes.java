package io.smollama.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which span of the past an English question is about, by the calendar of a zone. A day
 * that may as well lie ahead ({@code on Monday}, {@code 2 November}) is past unless the question is
 * about the present or the future ({@code do the bins go out on Monday}). Immutable.
 */
final class PastTimes {
  private static final Pattern AGO =
      Pattern.compile(
          "\\b(?:(half) an|(" + NumberWords.PATTERN + ")) (second|minute|min|hour)s? ago\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LATELY =
      Pattern.compile(
          "\\b(?:the )?(?:last|past|previous) (?:("
              + NumberWords.PATTERN
              + ") )?(half hour|second|minute|min|hour)s?\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST_NIGHT =
      Pattern.compile(
          "\\b(?:last night|overnight|this (morning|afternoon|evening))\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PAST_TENSE =
      Pattern.compile(
          "\\b(?:was|were|wasn't|weren't|did|didn't|had|happened|been)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT_PAST =
      Pattern.compile(
          "\\b(?:is|are|do|does|will|shall|should|must|can|may|going|next|every|each|due|tomorrow"
              + "|coming|when)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HINT =
      Pattern.compile(
          "\\b(?:last|ago|previous(?:ly)?|past|earlier|recently|lately|formerly|since|overnight"
              + "|the other day|was|were|\\d{1,2}/\\d{1,2}/\\d{2,4})\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AHEAD =
      Pattern.compile("\\b(?:next|every|each|coming)\\s+$", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE_T_TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d)");
  private static final Pattern AND =
      Pattern.compile(
          "\\s*(?:and|to|until|till|through|-|–)\\s*(?:the )?", Pattern.CASE_INSENSITIVE);

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final Instant now;
  private final ZoneId zone;
  private final LocalDate today;

  PastTimes(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
    this.today = LocalDate.ofInstant(now, zone);
  }

  /** The span; empty if the question names none that is understood, or none that has begun. */
  Optional<AskedTime> in(String asked) {
    String question = DATE_T_TIME.matcher(asked).replaceAll("$1 $2");
    return hours(question).or(() -> partOfToday(question)).or(() -> days(question));
  }

  /** Whether it sounds like the past though no span is understood. */
  boolean isHinted(String question) {
    return HINT.matcher(question).find();
  }

  private Optional<AskedTime> hours(String question) {
    Matcher ago = AGO.matcher(question);
    if (ago.find()) {
      Duration unit = ago.group(1) != null ? Duration.ofMinutes(30) : unit(ago.group(3));
      int count = ago.group(1) != null ? 1 : NumberWords.of(ago.group(2));
      Duration around =
          unit.dividedBy(2).compareTo(FIVE_MINUTES) < 0 ? FIVE_MINUTES : unit.dividedBy(2);
      Instant then = now.minus(unit.multipliedBy(count));
      return asked(ago.group(), then.minus(around), then.plus(around));
    }
    Matcher lately = LATELY.matcher(question);
    if (lately.find()) {
      int count = lately.group(1) == null ? 1 : NumberWords.of(lately.group(1));
      return asked(lately.group(), now.minus(unit(lately.group(2)).multipliedBy(count)), now);
    }
    return Optional.empty();
  }

  private static Duration unit(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "second" -> Duration.ofSeconds(1);
      case "minute", "min" -> Duration.ofMinutes(1);
      case "half hour" -> Duration.ofMinutes(30);
      default -> Duration.ofHours(1);
    };
  }

  private Optional<AskedTime> partOfToday(String question) {
    Matcher part = LAST_NIGHT.matcher(question);
    if (!part.find()) {
      return Optional.empty();
    }
    if (part.group(1) == null) {
      LocalDateTime midnight = today.atStartOfDay();
      return asked(part.group(), at(midnight.minusHours(2)), at(midnight.plusHours(6)));
    }
    return ClockWords.in(part.group(1))
        .flatMap(hours -> asked(part.group(), at(today, hours.from()), at(today, hours.to())));
  }

  private Optional<AskedTime> days(String question) {
    List<DayWords.Days> named = DayWords.in(question, today);
    boolean past = PAST_TENSE.matcher(question).find() || !NOT_PAST.matcher(question).find();
    for (int i = 0; i < named.size(); i++) {
      DayWords.Days days = named.get(i);
      if (isAhead(question, days) || !(days.past() || past || isSince(question, days))) {
        continue;
      }
      Optional<AskedTime> asked =
          i + 1 < named.size() && AND.matcher(between(question, days, named.get(i + 1))).matches()
              ? joined(question, days, named.get(i + 1))
              : one(question, days);
      if (asked.isPresent()) {
        return asked;
      }
    }
    return named.isEmpty() && PAST_TENSE.matcher(question).find()
        ? ClockWords.in(question).flatMap(part -> lastTime(question, part))
        : Optional.empty();
  }

  private static String between(String question, DayWords.Days one, DayWords.Days next) {
    return question.substring(one.end(), next.start());
  }

  private Optional<AskedTime> joined(String question, DayWords.Days one, DayWords.Days other) {
    LocalDate first = one.first();
    while (first.isAfter(other.first()) && !one.past()) {
      first = first.minusWeeks(1); // between Friday and Monday
    }
    return asked(
        question.substring(one.start(), other.end()),
        first.atStartOfDay(zone).toInstant(),
        other.after().atStartOfDay(zone).toInstant());
  }

  private Optional<AskedTime> one(String question, DayWords.Days days) {
    Instant first = days.first().atStartOfDay(zone).toInstant();
    String words = question.substring(days.start(), days.end());
    if (isSince(question, days)) {
      return asked(words.startsWith("since") ? words : "since " + words, first, now);
    }
    String elsewhere =
        question.substring(0, days.start())
            + " ".repeat(days.end() - days.start())
            + question.substring(days.end());
    Optional<ClockWords.Part> part = days.isOne() ? ClockWords.in(elsewhere) : Optional.empty();
    if (part.isPresent()) {
      String both =
          question.substring(
              Math.min(days.start(), part.get().start()), Math.max(days.end(), part.get().end()));
      return asked(both, at(days.first(), part.get().from()), at(days.first(), part.get().to()));
    }
    return asked(words, first, days.after().atStartOfDay(zone).toInstant());
  }

  private static boolean isAhead(String question, DayWords.Days days) {
    return AHEAD.matcher(question.substring(0, days.start())).find();
  }

  private static boolean isSince(String question, DayWords.Days days) {
    String upTo = question.substring(0, days.end()).toLowerCase(Locale.ROOT);
    return upTo.substring(0, days.start()).endsWith("since ")
        || upTo.startsWith("since ", days.start());
  }

  /** Of today if it has begun, else of yesterday. */
  private Optional<AskedTime> lastTime(String question, ClockWords.Part part) {
    String words = question.substring(part.start(), part.end());
    LocalDate day = at(today, part.from()).isBefore(now) ? today : today.minusDays(1);
    return asked(words, at(day, part.from()), at(day, part.to()));
  }

  private Instant at(LocalDate day, Duration past) {
    return at(day.atStartOfDay().plus(past));
  }

  private Instant at(LocalDateTime time) {
    return time.atZone(zone).toInstant();
  }

  private Optional<AskedTime> asked(String words, Instant from, Instant to) {
    Instant end = to.isAfter(now) ? now : to;
    return from.isBefore(end)
        ? Optional.of(new AskedTime(words.strip(), from, end))
        : Optional.empty();
  }
}
