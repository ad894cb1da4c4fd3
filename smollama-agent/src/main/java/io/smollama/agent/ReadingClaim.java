package io.smollama.agent;

import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.Memory;
import io.smollama.memory.NewMemory;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fact says about the numbers of a source, so that they can be held against it again: of
 * every day, or of some hours of it, the mean, the smallest, the largest or the last number lies in
 * a range. It is kept with the fact as its {@code ref}, in one line that people can read, too:
 * {@code claim/1 mean 14:00-18:00 21.5..24 since 2026-03-01 mqtt:kitchen/temperature}. Immutable.
 *
 * @param source whose numbers
 * @param from when the hours begin, on the clock of the node
 * @param to when they end, that moment not included; not after {@code from} for the next day, and
 *     equal to it for 24 hours
 * @param statistic which number of these hours
 * @param low the least that it is; may be negative infinity
 * @param high the most that it is; may be infinity
 * @param since the first day that it is said of
 */
public record ReadingClaim(
    SourceId source,
    LocalTime from,
    LocalTime to,
    Statistic statistic,
    double low,
    double high,
    LocalDate since) {

  /** The tag of every fact that carries a claim. */
  public static final String TAG = "claim";

  /** So many characters a fact's ref can have. */
  private static final int LONGEST = 200;

  private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final String NUMBER = "-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?";
  private static final Pattern FORM =
      Pattern.compile(
          "claim/1 (mean|min|max|last) (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (%1$s)?\\.\\.(%1$s)? since (\\d{4}-\\d\\d-\\d\\d) (.+)"
              .formatted(NUMBER));

  /** Which number of a window counts. */
  public enum Statistic {
    MEAN,
    MIN,
    MAX,
    LAST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ReadingClaim {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(statistic, "statistic");
    Objects.requireNonNull(since, "since");
    from = from.withSecond(0).withNano(0);
    to = to.withSecond(0).withNano(0);
    if (!(low <= high) || (Double.isInfinite(low) && Double.isInfinite(high))) {
      throw new IllegalArgumentException(
          "A claim has a least or a most, in order; had %s and %s".formatted(low, high));
    }
  }

  /** Of whole days. */
  public static ReadingClaim daily(
      SourceId source, Statistic statistic, double low, double high, LocalDate since) {
    return new ReadingClaim(
        source, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, statistic, low, high, since);
  }

  /** The line that {@link #parse} reads. */
  public String line() {
    return "claim/1 %s %s-%s %s..%s since %s %s"
        .formatted(
            statistic.word(),
            HOURS.format(from),
            HOURS.format(to),
            end(low),
            end(high),
            since,
            source);
  }

  private static String end(double bound) {
    return Double.isInfinite(bound) ? "" : Double.toString(bound);
  }

  /** Reads {@link #line}; empty if it is none. */
  public static Optional<ReadingClaim> parse(String line) {
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReadingClaim(
              SourceId.parse(form.group(7)),
              LocalTime.parse(form.group(2)),
              LocalTime.parse(form.group(3)),
              Statistic.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
              bound(form.group(4), Double.NEGATIVE_INFINITY),
              bound(form.group(5), Double.POSITIVE_INFINITY),
              LocalDate.parse(form.group(6))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static double bound(String written, double none) {
    return written == null ? none : Double.parseDouble(written);
  }

  /** The claim that a fact carries; empty if it carries none. */
  public static Optional<ReadingClaim> of(Memory fact) {
    return fact.tags().contains(TAG) ? parse(fact.ref()) : Optional.empty();
  }

  /**
   * A fact that carries this claim.
   *
   * @throws IllegalArgumentException if the source has a name too long to be kept with a fact
   */
  public NewMemory attachedTo(NewMemory fact) {
    if (!fitsAFact()) {
      throw new IllegalArgumentException(
          "A claim is kept in %d characters; the source %s has too long a name"
              .formatted(LONGEST, source));
    }
    List<String> tags = new ArrayList<>(fact.tags());
    tags.add(TAG);
    return fact.tagged(tags).named(line());
  }

  /** Whether its source's name is short enough for it to be kept with a fact. */
  boolean fitsAFact() {
    return line().length() <= LONGEST;
  }

  /** Whether a number is what the claim says. */
  public boolean allows(double number) {
    return low <= number && number <= high;
  }

  /** What it says of the window, in words: {@code mean 21.5-24 °C from 14:00 to 18:00}. */
  public String says(String unit) {
    String range =
        Double.isInfinite(low)
            ? "at most " + Units.with(Figures.of(high), unit)
            : Double.isInfinite(high)
                ? "at least " + Units.with(Figures.of(low), unit)
                : Units.with(Figures.of(low) + " to " + Figures.of(high), unit);
    String hours =
        from.equals(to)
            ? "over the day"
            : "from %s to %s".formatted(HOURS.format(from), HOURS.format(to));
    return "%s %s %s".formatted(statistic.word(), range, hours);
  }
}
