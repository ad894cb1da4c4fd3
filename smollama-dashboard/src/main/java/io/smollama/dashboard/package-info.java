/**
 * Looking: one web page and a JSON API on the node's own address, with live values. It changes
 * nothing but what a person asks it to remember or to correct, and it needs no network but the
 * loopback.
 *
 * <p>Start with {@link io.smollama.dashboard.Dashboard}; then {@link
 * io.smollama.dashboard.NodeView}, what it shows; {@link io.smollama.dashboard.DashboardConfig};
 * {@code Routes}, every path and what answers it; {@code RequestGuard}, who is let in.
 *
 * <pre>{@code
 * NodeView view = new NodeView(
 *     "pi",
 *     "0.1.0",
 *     store,
 *     ask,
 *     hub::readAll,
 *     health,
 *     Optional.empty(),
 *     Optional.empty(),
 *     Optional.empty(),
 *     Optional.empty(),
 *     clock,
 *     ZoneId.systemDefault());
 * try (Dashboard dashboard = Dashboard.start(DashboardConfig.defaults(), view)) {
 *   dashboard.readings(batch); // open pages show it at once
 * }
 * }</pre>
 *
 * <p>{@link io.smollama.dashboard.SyncServer} is where other nodes come to a Llama server, on an
 * address of its own; {@link io.smollama.dashboard.SyncDesk} is where the owner of a node sees and
 * steers how it shares.
 *
 * <p>A request passes the guard, is routed to an {@code Endpoint} and becomes a {@code Reply};
 * pages are jte templates under {@code src/main/jte}, compiled with the module.
 */
@NullMarked
package io.smollama.dashboard;

import org.jspecify.annotations.NullMarked;
