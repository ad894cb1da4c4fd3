package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest extends NodeFixture {
  @Nested
  class Host {
    @ParameterizedTest
    @ValueSource(
        strings = {"localhost", "LOCALHOST:port", "127.0.0.1:port", "127.8.9.10", "[::1]:port"})
    void ofThisMachineIsServed(String host) throws IOException {
      assertThat(status("Host: " + host)).isEqualTo("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "evil.example",
          "evil.example:port",
          "localhost.evil.example:port",
          "127.0.0.1.evil.example",
          "192.168.1.20:port",
          "0.0.0.0:port",
          "127.0.0.256",
          "localhost:1",
          ""
        })
    void ofAnybodyElseIsRefused(String host) throws IOException {
      assertThat(status("Host: " + host)).startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:port:port", "localhost@evil.example"})
    void thatIsNoneIsRefused(String host) throws IOException {
      assertThat(status("Host: " + host)).startsWith("HTTP/1.1 4");
    }

    @Test
    void missingOrDoubleIsRefused() throws IOException {
      assertThat(status("Accept: */*")).startsWith("HTTP/1.1 4");
      assertThat(status("Host: localhost\r\nHost: evil.example")).startsWith("HTTP/1.1 4");
    }

    @Test
    void inTheRequestLineIsRefused() throws IOException {
      assertThat(node.raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 4");
    }

    @Test
    void guardsStaticFilesAndEventsToo() throws IOException {
      for (String path : new String[] {"/static/app.js", "/events", "/api/stats", "/livez"}) {
        assertThat(node.raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
            .as(path)
            .startsWith("HTTP/1.1 421");
      }
    }

    private String status(String header) throws IOException {
      String request = "GET / HTTP/1.1\r\n" + header + "\r\n\r\n";
      return node.raw(request.replace("port", "" + node.port()));
    }
  }

  @Nested
  class AnotherSite {
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void learnsAndChangesNothing(String site) {
      for (String path : new String[] {"/api/readings", "/htmx/memories", "/events"}) {
        assertThat(node.get(path, "Sec-Fetch-Site", site).statusCode()).as(path).isEqualTo(403);
      }
      String[] headers = {"Sec-Fetch-Site", site, "HX-Request", "true"};
      assertThat(node.postForm("/htmx/memories", "fact=a", headers).statusCode()).isEqualTo(403);
      assertThat(node.postJson("/", "{}", "Sec-Fetch-Site", site).statusCode()).isEqualTo(403);
      assertThat(node.store.stats().memories()).isZero();
    }

    @Test
    void mayLinkToAPage() {
      assertThat(node.get("/", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"http://evil.example", "null", "http://localhost:1", "https://127.0.0.1:port"})
    void isToldByItsOrigin(String origin) {
      String named = origin.replace("port", "" + node.port());
      assertThat(node.get("/api/stats", "Origin", named).statusCode()).isEqualTo(403);
      assertThat(node.get("/events", "Origin", named).statusCode()).isEqualTo(403);
    }

    @Test
    void isNotThePageItself() {
      String origin = "http://127.0.0.1:" + node.port();
      assertThat(
              node.postJson(
                      "/api/memories",
                      "{\"fact\":\"a\"}",
                      "Origin",
                      origin,
                      "Sec-Fetch-Site",
                      "same-origin")
                  .statusCode())
          .isEqualTo(201);
    }
  }

  @Nested
  class Changes {
    @Test
    void areNotMadeByAPlainForm() {
      assertThat(node.postForm("/htmx/memories", "fact=a").statusCode()).isEqualTo(403);
      assertThat(node.postForm("/api/memories", "fact=a").statusCode()).isEqualTo(415);
      HttpResponse<String> text =
          node.send(
              node.request("/api/memories", "Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"fact\":\"a\"}")));
      assertThat(text.statusCode()).isEqualTo(415);
      assertThat(node.store.stats().memories()).isZero();
    }

    @Test
    void areNotMadeByGet() {
      assertThat(node.get("/api/memories?fact=a").statusCode()).isEqualTo(200);
      assertThat(node.store.stats().memories()).isZero();
    }

    @Test
    void noOtherSiteIsEverAllowedIn() {
      HttpResponse<String> preflight =
          node.send(
              node.request("/api/memories").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
      assertThat(preflight.statusCode()).isEqualTo(405);
      assertThat(preflight.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase().startsWith("access-control"));
    }
  }

  @Test
  void everyAnswerTellsTheBrowserToBeCareful() {
    for (String path : new String[] {"/", "/api/stats", "/static/app.js", "/nothing"}) {
      var headers = node.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
    }
  }
}
