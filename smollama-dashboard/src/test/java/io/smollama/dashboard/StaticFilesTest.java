package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest extends NodeFixture {
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:src|href|action)\\s*=\\s*[\"']?(?:https?:)?//|url\\(|@import|import\\(");
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/static/[^\"]+)\"");

  @Test
  void noAssetComesFromAnotherHost() {
    for (String page : Routes.PAGES) {
      assertThat(node.get(page).body()).as(page).doesNotContainPattern(ELSEWHERE);
    }
    for (String name : StaticFiles.TYPES.keySet()) {
      assertThat(node.get("/static/" + name).body()).as(name).doesNotContainPattern(ELSEWHERE);
    }
  }

  @Test
  void theFirstPageIsLight() {
    String page = node.get("/").body();
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    Matcher assets = ASSET.matcher(page.replaceAll("<img[^>]*>", ""));
    int files = 0;
    while (assets.find()) {
      HttpResponse<String> asset = node.get(assets.group(1));
      assertThat(asset.statusCode()).as(assets.group(1)).isEqualTo(200);
      bytes += asset.body().getBytes(StandardCharsets.UTF_8).length;
      files++;
    }
    assertThat(files).isEqualTo(5);
    assertThat(bytes).isLessThan(120_000);
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    HttpResponse<String> first = node.get("/static/app.css");
    assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(first.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = node.get("/static/app.css", "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(node.get("/static/app.css", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/static/", "/static/..%2fapp.css", "/static/../Dashboard.class", "/static/x"})
  void nothingElseIsServed(String path) {
    assertThat(node.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"htmx.LICENSE.txt", "sse.LICENSE.txt"})
  void vendoredScriptsComeWithTheirLicence(String name) {
    assertThat(node.get("/static/" + name).body()).contains("Permission to use, copy, modify");
  }
}
