package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** Commands about sharing, with a running server and without a running node. */
class SyncCommandTest extends ProgramFixture {
  @Test
  void aFileCarriesWhatIsKnownFromHomeToHomeAndBack() throws Exception {
    on("kitchen", "remember", "The kettle leaks");
    on("cellar", "remember", "The pump was serviced in May");
    assertThat(on("kitchen", "sync", "export", "stick")).isZero();
    assertThat(out).startsWith("Wrote 2 entries to " + folder.resolve("stick"));
    assertThat(on("cellar", "sync", "import", "stick")).isZero();
    assertThat(out).isEqualTo("From kitchen: 2 entries read, 2 of them new\n");
    assertThat(on("cellar", "sync", "export", "back", "--for", "stick")).isZero();
    assertThat(out).startsWith("Wrote 2 entries to ");
    on("kitchen", "sync", "import", "back");
    on("kitchen", "recall", "pump");
    assertThat(out).contains("The pump was serviced in May  (fact, from cellar, ");
    on("cellar", "memory", "list");
    assertThat(out).contains("The kettle leaks  (from kitchen, 80 % sure");
    assertThat(json("kitchen", "sync", "verify").path("view"))
        .isEqualTo(json("cellar", "sync", "verify").path("view"));
    assertThat(json("kitchen", "sync", "status").path("frontier"))
        .isEqualTo(json("cellar", "sync", "status").path("frontier"));
    assertThat(on("cellar", "sync", "import", "stick")).isZero();
    assertThat(out).endsWith("0 of them new\n");
  }

  @Test
  void whatIsNoSuchFileOrDamagedIsSaid() throws Exception {
    on("kitchen", "remember", "The kettle leaks");
    assertThat(on("kitchen", "sync", "import", "nothing")).isEqualTo(1);
    assertThat(err)
        .isEqualTo("smollama: " + folder.resolve("nothing") + ": there is no such file\n");
    Files.writeString(folder.resolve("diary"), "Dear diary");
    assertThat(on("kitchen", "sync", "import", "diary")).isEqualTo(1);
    assertThat(err).contains("diary", "is no backlog of Smollama").hasLineCount(1);
    assertThat(on("kitchen", "sync", "export", "diary")).isEqualTo(1);
    assertThat(err).contains("is there already and no backlog").hasLineCount(1);
    on("kitchen", "sync", "export", "stick");
    byte[] bytes = Files.readAllBytes(folder.resolve("stick"));
    bytes[bytes.length - 100] ^= 1;
    Files.write(folder.resolve("stick"), bytes);
    assertThat(on("cellar", "sync", "import", "stick")).isEqualTo(1);
    assertThat(out).contains("NOT TAKEN", "Not all of the file was taken in");
  }

  @Test
  void verifyFindsAChangedPayload() throws Exception {
    on("kitchen", "remember", "The kettle leaks");
    assertThat(on("kitchen", "sync", "verify")).isZero();
    assertThat(out).startsWith("Sound: ").contains("2 entries hashed");
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("kitchen/journal.sqlite"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE entry SET payload = '{}' WHERE seq = 1");
    }
    assertThat(on("kitchen", "sync", "verify")).isEqualTo(1);
    assertThat(out).contains("DAMAGED", "does not hash to its id");
  }

  @Test
  void aNodeMeetsItsServerOnceWithoutRunning() throws Exception {
    try (SharingNode llama = SharingNode.llama(folder.resolve("llama"), 0)) {
      String server = "--set=sync.llama_url=" + llama.forNodes();
      on("kitchen", "remember", "The kettle leaks");
      assertThat(on("kitchen", "sync", "now", server)).as(err).isZero();
      assertThat(out) // one more where nothing tells who set the clock: what the server says
          .matches(
              "Sent [23] and received 1 entry; in step with \\Q%s\\E, just now\n"
                  .formatted(llama.forNodes()));
      assertThat(llama.facts()).containsExactly("kitchen: The kettle leaks");
      on("kitchen", "sync", "status", server);
      assertThat(out)
          .containsPattern("[34] entries held, of 2 nodes")
          .contains("'smollama sync now' meets it once", "Clock: ")
          .doesNotContain("next meeting");
      on("kitchen", "status", server);
      assertThat(out)
          .contains("absent   sync", "no node runs, so nothing is exchanged")
          .containsPattern("(ok|absent) +clock +[a-z]");
    }
    assertThat(on("kitchen", "sync", "now", "--set=sync.llama_url=http://127.0.0.1:1"))
        .isEqualTo(1);
    assertThat(err).isEqualTo("smollama: http://127.0.0.1:1: not reachable\n");
    assertThat(on("kitchen", "sync", "now")).isEqualTo(1);
    assertThat(err).contains("No server is configured; name one with sync.llama_url");
  }

  @Test
  void tokensAreGivenOutListedAndTakenBack() throws Exception {
    assertThat(on("llama", "token", "list")).isZero();
    assertThat(out).startsWith("No node has a token yet");
    String token = json("llama", "token", "create", "kitchen").path("token").asText();
    assertThat(token).startsWith("smol_");
    assertThat(on("llama", "token", "create", "kitchen")).isEqualTo(1);
    assertThat(err).contains("has a token already");
    on("llama", "token", "list");
    assertThat(out).contains("kitchen", "never used").doesNotContain(token);
    assertThat(on("llama", "token", "revoke", "kitchen")).isZero();
    assertThat(out).isEqualTo("kitchen is refused from now on\n");
    assertThat(on("llama", "token", "revoke", "kitchen")).isEqualTo(1);
    assertThat(on("llama", "token", "create", "a b")).isEqualTo(1);
    assertThat(err).contains("A device's name has 1 to 64 letters").hasLineCount(1);
    assertThat(json("llama", "token", "list").path("tokens").path(0).path("revoked").isNull())
        .isFalse();
  }

  @Test
  void aNewIdentityIsAskedForTwice() throws Exception {
    on("kitchen", "remember", "The kettle leaks");
    String before = json("kitchen", "sync", "status").path("identity").path("replica").asText();
    typed = "n\n";
    assertThat(on("kitchen", "reset-identity")).isEqualTo(1);
    assertThat(err).contains("Sure? [y/N]", "Nothing was changed");
    typed = "";
    assertThat(on("kitchen", "reset-identity")).isEqualTo(1);
    typed = "y\n";
    assertThat(on("kitchen", "reset-identity")).isZero();
    assertThat(out).contains("number 2").contains("Somebody asked for a new identity");
    JsonNode after = json("kitchen", "sync", "status").path("identity");
    assertThat(after.path("replica").asText()).isNotEqualTo(before);
    assertThat(after.path("predecessors").path(0).asText()).isEqualTo(before);
    typed = "";
    assertThat(on("kitchen", "reset-identity", "--yes")).isZero();
    on("kitchen", "recall", "kettle");
    assertThat(out).contains("The kettle leaks").doesNotContain("from ");
  }

  private JsonNode json(String home, String... words) throws IOException {
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--json";
    on(home, all);
    return new ObjectMapper().readTree(out);
  }

  private int on(String home, String... words) {
    useStateFolder(home);
    environment.put("SMOLLAMA_NODE_NAME", home);
    return run(words);
  }
}
