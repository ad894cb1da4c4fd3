package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.sync.IssuedToken;
import io.smollama.sync.TokenStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama token}: who may come to this Llama server. */
@Command(
    name = "token",
    description = {
      "Say which nodes may come to this Llama server. Works beside a running one, at once.",
      "Only hashes are kept: a token is shown once, when it is made."
    },
    subcommands = {TokenCommand.Create.class, TokenCommand.Show.class, TokenCommand.Revoke.class})
final class TokenCommand {
  private TokenCommand() {}

  /** A command on the file of tokens. */
  abstract static class OnTokens extends FileCommand {
    abstract ObjectNode result(TokenStore tokens);

    @Override
    final JsonNode result(StateFolder state, Path memory) {
      Optional<LogDatabase> database = NodeServer.database(program().configuration());
      try (TokenStore tokens = GivenTokens.open(state, database, program().clock())) {
        return result(tokens);
      } finally {
        database.ifPresent(LogDatabase::close);
      }
    }
  }

  @Command(name = "create", description = "Make a token for a node and show it, once.")
  static final class Create extends OnTokens {
    @Parameters(paramLabel = "NAME", description = "The node that gets it, for example kitchen.")
    private String name;

    @Override
    ObjectNode result(TokenStore tokens) {
      return object().put("device", name).put("token", tokens.create(name));
    }

    @Override
    void tell(JsonNode result, Terminal terminal) {
      terminal.line(result.path("token").asText());
      terminal.line(
          ("Shown once, for %s. There: SMOLLAMA_SYNC_TOKEN=… SMOLLAMA_SYNC_LLAMA_URL=http://HOST:8090"
                  + " smollama run, HOST being this machine; or sync.token and sync.llama_url in its"
                  + " config.yaml")
              .formatted(name));
    }
  }

  @Command(name = "list", description = "Say who has a token, since when, and when it was used.")
  static final class Show extends OnTokens {
    @Override
    ObjectNode result(TokenStore tokens) {
      ObjectNode result = object();
      ArrayNode list = result.putArray("tokens");
      for (IssuedToken token : tokens.tokens()) {
        list.addObject()
            .put("device", token.device())
            .put("created", token.created().toString())
            .put("revoked", time(token.revoked()))
            .put("last_seen", time(token.lastSeen()));
      }
      return result;
    }

    private static @Nullable String time(Optional<Instant> time) {
      return time.map(Instant::toString).orElse(null);
    }

    @Override
    void tell(JsonNode result, Terminal terminal) {
      for (JsonNode token : result.path("tokens")) {
        terminal.line(
            "%-20s given out %s, %s%s"
                .formatted(
                    token.path("device").asText(),
                    PersonsTime.shown(token.path("created").asText()),
                    token.hasNonNull("last_seen")
                        ? "last used " + PersonsTime.shown(token.path("last_seen").asText())
                        : "never used",
                    token.hasNonNull("revoked")
                        ? ", REVOKED " + PersonsTime.shown(token.path("revoked").asText())
                        : ""));
      }
      if (result.path("tokens").isEmpty()) {
        terminal.line("No node has a token yet; 'smollama token create NAME' makes one");
      }
    }
  }

  @Command(name = "revoke", description = "Take the token of a node back; it is refused at once.")
  static final class Revoke extends OnTokens {
    @Parameters(paramLabel = "NAME", description = "The node that has it.")
    private String name;

    @Override
    ObjectNode result(TokenStore tokens) {
      if (!tokens.revoke(name)) {
        throw new UserError(
            "'%s' has no token; 'smollama token list' says who has".formatted(name));
      }
      return object().put("device", name).put("revoked", true);
    }

    @Override
    void tell(JsonNode result, Terminal terminal) {
      terminal.line("%s is refused from now on".formatted(name));
    }
  }
}
