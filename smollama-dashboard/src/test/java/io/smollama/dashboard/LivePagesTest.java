package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePagesTest extends NodeFixture {
  @Test
  void aPageIsGreetedAndShownTheReadings() throws Exception {
    node.readings.add(Reading.of("t:hall", 19.5, "celsius", node.clock.instant()));
    HttpResponse<Stream<String>> events = node.events();
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    Iterator<String> lines = events.body().iterator();
    assertThat(after(lines, "event:hello")).isEqualTo("data:");
    assertThat(after(lines, "event:readings")).contains("<b>19.5</b>", "°C");
  }

  @Test
  void aPushedReadingArrives() throws Exception {
    Iterator<String> lines = node.events().body().iterator();
    after(lines, "event:readings");
    node.dashboard.readings(List.of(Reading.of("t:hall", 23.75, "celsius", node.clock.instant())));
    assertThat(after(lines, "event:readings")).contains("<b>23.8</b>");
  }

  @Test
  void anObservationArrivesOnOneLineAndEscaped() throws Exception {
    Iterator<String> lines = node.events().body().iterator();
    after(lines, "event:readings");
    node.dashboard.observed(
        node.store.observe(
            NewObservation.of(
                "one\r\revent: readings\rdata: two\n<script>",
                ObservationType.GENERAL,
                List.of())));
    assertThat(after(lines, "event:observation"))
        .startsWith("data:<li class=\"finding ")
        .contains("one")
        .contains("event: readings data: two")
        .contains("&lt;script&gt;")
        .endsWith("</li> ");
  }

  @Test
  void aSlowPageHoldsNobodyUpAndSkipsToTheNewest() throws Exception {
    int rounds = 25;
    try (Socket slow = connect()) {
      Iterator<String> quick = node.events().body().iterator();
      after(quick, "event:readings");
      for (int round = 1; round <= rounds; round++) {
        int value = round;
        node.dashboard.readings(
            IntStream.range(0, 1_500)
                .mapToObj(i -> Reading.of("t:s" + i, value, "", node.clock.instant()))
                .toList());
        while (!after(quick, "event:readings").contains("<b>" + value + "</b>")) {
          // an earlier batch, still under way
        }
      }
      Iterator<String> late =
          new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8))
              .lines()
              .iterator();
      int shown = 1;
      while (!after(late, "event:readings").contains("<b>" + rounds + "</b>")) {
        shown++;
      }
      assertThat(shown).isLessThan(rounds);
    }
  }

  @Test
  void oneTooManyIsTurnedAway() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < LivePages.MOST; i++) {
        open.add(connect());
      }
      for (Socket socket : open) {
        readUntil(socket.getInputStream(), "event:readings");
      }
      HttpResponse<String> refused = node.get("/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("64 pages are open");
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void closingEndsTheStreams() throws Exception {
    Socket page = connect();
    readUntil(page.getInputStream(), "event:readings");
    long start = System.nanoTime();
    node.dashboard.close();
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    while (page.getInputStream().read() >= 0) {
      // what was under way
    }
    page.close();
    node.dashboard.close();
    node.dashboard.readings(List.of());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", node.port());
    String request = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Reads byte by byte until a text has gone by. */
  private static void readUntil(InputStream in, String text) throws IOException {
    int matched = 0;
    while (matched < text.length()) {
      int c = in.read();
      assertThat(c).as("the stream ended before " + text).isNotNegative();
      matched = c == text.charAt(matched) ? matched + 1 : c == text.charAt(0) ? 1 : 0;
    }
  }

  /** The line behind the next line that is as given. */
  private static String after(Iterator<String> lines, String line) {
    while (!lines.next().equals(line)) {
      // an earlier event
    }
    return lines.next();
  }
}
