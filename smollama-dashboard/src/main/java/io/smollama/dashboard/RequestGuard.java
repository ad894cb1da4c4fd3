package io.smollama.dashboard;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in only the owner's own browser and programs on this machine. A page of another site can
 * make the browser send requests here: it is told apart by {@code Host} (DNS rebinding), {@code
 * Origin} and {@code Sec-Fetch-Site} (fetch metadata), and cannot change anything with a plain
 * form.
 */
final class RequestGuard implements HttpHandler {
  private static final HttpString SEC_FETCH_SITE = new HttpString("Sec-Fetch-Site");
  private static final HttpString HX_REQUEST = new HttpString("HX-Request");
  private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

  private final HttpHandler next;

  RequestGuard(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Optional<Refusal> refusal = judge(exchange);
    if (refusal.isPresent()) {
      refusal.get().reply(exchange).send(exchange);
    } else {
      next.handleRequest(exchange);
    }
  }

  private static Optional<Refusal> judge(HttpServerExchange exchange) {
    HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
    int port = exchange.getDestinationAddress().getPort();
    if (hosts == null
        || hosts.size() != 1
        || exchange.isHostIncludedInRequestURI()
        || !isThisMachine(hosts.getFirst(), port)) {
      return refuse(
          421,
          "This dashboard answers only to the name of this machine itself: open http://localhost:%d/. Through an SSH tunnel use the same port at both ends: ssh -L %d:127.0.0.1:%d pi",
          port,
          port,
          port);
    }
    HeaderValues origins = exchange.getRequestHeaders().get(Headers.ORIGIN);
    if (origins != null
        && !(origins.size() == 1
            && origins.getFirst().equalsIgnoreCase("http://" + hosts.getFirst()))) {
      return refuse(403, "Requests from pages of another site are not answered.");
    }
    if (isFromAnotherSite(exchange) && !isPage(exchange)) {
      return refuse(403, "Requests that another site started are not answered.");
    }
    return exchange.getRequestMethod().equals(Methods.POST)
        ? judgeChange(exchange)
        : Optional.empty();
  }

  private static Optional<Refusal> judgeChange(HttpServerExchange exchange) {
    String type = type(exchange);
    if (type.equals("application/json")) {
      return Optional.empty();
    }
    boolean form = type.equals("application/x-www-form-urlencoded");
    if (!form || exchange.getRequestPath().startsWith("/api/")) {
      return refuse(
          415,
          "The content type must be application/json, was %s.",
          type.isEmpty() ? "missing" : "'" + type + "'");
    }
    return "true".equals(exchange.getRequestHeaders().getFirst(HX_REQUEST))
        ? Optional.empty()
        : refuse(403, "A form is taken only from the dashboard's own page, with its script on.");
  }

  private static String type(HttpServerExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** A host with the bound port or none, both of this machine. */
  static boolean isThisMachine(String host, int port) {
    String ending = ":" + port;
    return LoopbackName.is(
        host.endsWith(ending) ? host.substring(0, host.length() - ending.length()) : host);
  }

  private static boolean isFromAnotherSite(HttpServerExchange exchange) {
    HeaderValues sites = exchange.getRequestHeaders().get(SEC_FETCH_SITE);
    return sites != null && sites.stream().anyMatch(OTHER_SITES::contains);
  }

  /** A link on another site may lead to a page; it learns nothing of what the page shows. */
  private static boolean isPage(HttpServerExchange exchange) {
    return !exchange.getRequestMethod().equals(Methods.POST)
        && Routes.PAGES.contains(exchange.getRequestPath());
  }

  private static Optional<Refusal> refuse(int status, String detail, Object... values) {
    return Optional.of(new Refusal(status, detail.formatted(values)));
  }
}
