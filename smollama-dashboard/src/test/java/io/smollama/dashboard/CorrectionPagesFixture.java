package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import io.smollama.memory.Memory;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a page shows and changes of a fact and of an observation. */
abstract class CorrectionPagesFixture extends NodeFixture {
  Memory say(String fact) {
    return node.store.remember(NewMemory.of(fact)).memory();
  }

  Memory now(Memory fact) {
    return node.store.memory(fact.id()).orElseThrow();
  }

  Observation smoke() {
    return node.store.observe(
        NewObservation.of(
            "Smoke in the kitchen",
            ObservationType.ANOMALY,
            List.of(SourceId.parse("mqtt:kitchen/smoke"))));
  }

  /** What a browser sends, the id and fields with their values as pairs. */
  HttpResponse<String> post(String what, EntryId id, String... fields) {
    StringBuilder form = new StringBuilder("id=" + id.hex());
    for (int i = 0; i < fields.length; i += 2) {
      String value = URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8);
      form.append('&').append(fields[i]).append('=').append(value);
    }
    return node.postForm("/htmx/memory/" + what, form.toString(), "HX-Request", "true");
  }

  String done(String what, EntryId id, String... fields) {
    HttpResponse<String> response = post(what, id, fields);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  String closeUp(EntryId id) {
    return node.get("/htmx/closeup?id=" + id.hex()).body();
  }
}
