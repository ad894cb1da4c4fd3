package io.smollama.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What the page of one source shows.
 *
 * @param tile the source as it is now
 * @param spans the spans to choose from
 * @param span the one that is shown, in words
 * @param chart its course; empty if it says no numbers
 * @param figures names and values
 * @param states how long each flag or text lasted; the longest first
 * @param changes the latest flags or texts, newest first
 * @param gaps the latest silent times, newest first
 * @param notes what else is to be known
 * @param refresh where this is asked for again
 */
record SourceView(
    ReadingGroup.Tile tile,
    List<Choice> spans,
    String span,
    Optional<CourseChart> chart,
    List<Figure> figures,
    List<State> states,
    List<Figure> changes,
    List<Figure> gaps,
    List<String> notes,
    String refresh) {

  /** A span that may be chosen. */
  record Choice(String label, String page, boolean shown) {}

  /** A name and what it is. */
  record Figure(String name, String value) {}

  /** A flag or text, how long it lasted and what share of the time that is, 0 to 100. */
  record State(String value, String lasted, int share) {}
}
