package io.smollama.dashboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Every path that a worker answers, and what answers it. */
final class Routes {
  /** Whole pages: a link on another site may lead to them. */
  static final Set<String> PAGES = Set.of("/", "/readings", "/observations", "/memories");

  private static final String READINGS_IMPORT = "/api/readings/import";

  private Routes() {}

  /** The most bytes that a body sent to a path may have. */
  static int mostBytes(String path) {
    return path.equals(READINGS_IMPORT) ? Request.MAX_IMPORT : Request.MAX_BODY;
  }

  static Map<String, Map<String, Endpoint>> of(
      WebPages pages,
      CorrectionPages corrections,
      JsonApi api,
      ReadingsApi readings,
      MemoryApi memory,
      SyncApi sync,
      ActApi acts) {
    Map<String, Map<String, Endpoint>> routes = new HashMap<>();
    routes.putAll(fragments(pages, corrections));
    routes.putAll(json(api, memory));
    routes.putAll(readings(readings));
    routes.putAll(sync(sync));
    routes.putAll(acts(acts));
    for (String what : CorrectionPages.DONE.keySet()) {
      routes.put(
          "/htmx/memory/" + what, Map.of("POST", request -> corrections.change(what, request)));
    }
    for (String what : KnowledgeDesk.CHANGES) {
      routes.put("/api/memory/" + what, Map.of("POST", request -> memory.change(what, request)));
    }
    return Map.copyOf(routes);
  }

  private static Map<String, Map<String, Endpoint>> fragments(
      WebPages pages, CorrectionPages corrections) {
    return Map.ofEntries(
        get("/", pages::overview),
        get("/readings", pages::readingsPage),
        get("/observations", pages::observationsPage),
        get("/memories", pages::memoriesPage),
        get("/htmx/readings", pages::readings),
        get("/htmx/observations", pages::observations),
        Map.entry("/htmx/memories", Map.of("GET", pages::memories, "POST", pages::remember)),
        get("/htmx/recall", pages::recall),
        get("/htmx/finding", corrections::finding),
        get("/htmx/closeup", corrections::closeUp),
        get("/htmx/charts", pages::charts),
        get("/htmx/source", pages::source),
        get("/htmx/health", pages::health),
        get("/htmx/stats", pages::stats),
        post("/htmx/ask", pages::ask),
        get("/livez", request -> Reply.text(200, "ok")));
  }

  private static Map<String, Map<String, Endpoint>> json(JsonApi api, MemoryApi memory) {
    return Map.ofEntries(
        get("/api/readings", api::readings),
        get("/api/observations", api::observations),
        Map.entry("/api/memories", Map.of("GET", api::memories, "POST", memory::remember)),
        get("/api/memory/list", memory::list),
        get("/api/memory/show", memory::show),
        get("/api/memory/stats", memory::stats),
        post("/api/memory/import", memory::take),
        post("/api/memory/reindex", memory::reindex),
        post("/api/memory/compact", memory::compact),
        get("/api/recall", memory::recall),
        post("/api/ask", api::ask),
        get("/api/stats", api::stats),
        get("/api/health", api::health),
        get("/api/status", api::status));
  }

  private static Map<String, Map<String, Endpoint>> readings(ReadingsApi readings) {
    return Map.ofEntries(
        get("/api/readings/history", readings::history),
        get("/api/readings/stats", readings::stats),
        get("/api/readings/gaps", readings::gaps),
        post(READINGS_IMPORT, readings::take));
  }

  private static Map<String, Map<String, Endpoint>> sync(SyncApi sync) {
    return Map.ofEntries(
        get("/api/sync/status", sync::status),
        post("/api/sync/now", sync::now),
        post("/api/sync/reset-identity", sync::beginAnew),
        post("/api/sync/export", sync::export),
        post("/api/sync/import", sync::take));
  }

  private static Map<String, Map<String, Endpoint>> acts(ActApi acts) {
    return Map.ofEntries(
        get("/api/outputs", acts::outputs),
        Map.entry("/api/acts", Map.of("GET", acts::acts, "POST", acts::act)),
        post("/api/pins", acts::simulate),
        get("/api/events", acts::events),
        post("/api/observe", acts::look),
        post("/api/chat", acts::chat));
  }

  private static Map.Entry<String, Map<String, Endpoint>> get(String path, Endpoint endpoint) {
    return Map.entry(path, Map.of("GET", endpoint));
  }

  private static Map.Entry<String, Map<String, Endpoint>> post(String path, Endpoint endpoint) {
    return Map.entry(path, Map.of("POST", endpoint));
  }
}
