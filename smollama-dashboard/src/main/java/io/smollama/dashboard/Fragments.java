package io.smollama.dashboard;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.smollama.memory.Remembered;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The templates of {@code src/main/jte} as functions. They were made into Java with the module, so
 * that the compiler checks what goes in; whatever goes in is escaped.
 */
final class Fragments {
  /** An interceptor that the templates do without. */
  private static final gg.jte.html.@Nullable HtmlInterceptor NONE = null;

  private Fragments() {}

  static String overview(
      Shell shell,
      List<ReadingGroup> readings,
      List<Finding> noticed,
      List<Finding> facts,
      String noFacts,
      Wellness health,
      int most) {
    return html(
        out ->
            JteoverviewGenerated.render(
                out, NONE, shell, readings, noticed, facts, noFacts, health, most));
  }

  static String readingsPage(Shell shell, List<ReadingGroup> readings, List<DayChart> charts) {
    return html(out -> JtereadingsPageGenerated.render(out, NONE, shell, readings, charts));
  }

  static String observationsPage(Shell shell, List<Finding> noticed, ObservationFilter filter) {
    return html(out -> JteobservationsPageGenerated.render(out, NONE, shell, noticed, filter));
  }

  static String memoriesPage(Shell shell, List<Finding> facts, FactFilter filter, String empty) {
    return html(out -> JtememoriesPageGenerated.render(out, NONE, shell, facts, filter, empty));
  }

  static String closeUpPage(Shell shell, CloseUp closeUp) {
    return html(out -> JtecloseUpPageGenerated.render(out, NONE, shell, closeUp));
  }

  static String sourcePage(Shell shell, SourceView view) {
    return html(out -> JtesourcePageGenerated.render(out, NONE, shell, view));
  }

  static String sourcePast(SourceView view) {
    return html(out -> JtesourcePastGenerated.render(out, NONE, view));
  }

  static String readings(List<ReadingGroup> groups) {
    return html(out -> JtereadingsGenerated.render(out, NONE, groups));
  }

  static String findings(List<Finding> findings, String empty) {
    return html(out -> JtefindingsGenerated.render(out, NONE, findings, empty));
  }

  static String charts(List<DayChart> charts) {
    return html(out -> JtechartsGenerated.render(out, NONE, charts));
  }

  static String finding(Finding finding) {
    return html(out -> JtefindingGenerated.render(out, NONE, finding, false));
  }

  /** A finding that was looked at closely and is small again; the keyboard goes on there. */
  static String closed(Finding finding) {
    return html(out -> JtefindingGenerated.render(out, NONE, finding, true));
  }

  /** A finding in the place of the small one; the keyboard goes on there. */
  static String closeUp(CloseUp closeUp) {
    return html(out -> JtecloseUpGenerated.render(out, NONE, closeUp, true));
  }

  static String answer(AnswerParts answer) {
    return html(out -> JteanswerGenerated.render(out, NONE, answer));
  }

  static String remembered(Remembered remembered) {
    return html(out -> JterememberedGenerated.render(out, NONE, remembered));
  }

  static String health(Wellness health) {
    return html(out -> JtehealthGenerated.render(out, NONE, health));
  }

  static String stats(String stats) {
    return html(out -> JtestatsGenerated.render(out, NONE, stats));
  }

  static String problem(String says) {
    return html(out -> JteproblemGenerated.render(out, NONE, says));
  }

  private static String html(Consumer<HtmlTemplateOutput> template) {
    StringOutput text = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(text));
    return text.toString();
  }
}
