package io.smollama.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that look after all that is remembered. */
class MemoryKeepingTest extends ProgramFixture {
  private Path file(String name, String... lines) throws Exception {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private JsonNode stats() throws Exception {
    assertThat(run("memory", "stats", "--json")).isZero();
    return new ObjectMapper().readTree(out);
  }

  @Test
  void whatIsExportedCanBeImportedElsewhereAndTwice() throws Exception {
    run("remember", "The bins go out on Monday");
    run("remember", "The boiler is serviced in May");
    Path lines = folder.resolve("all.jsonl");
    assertThat(run("memory", "export", lines.toString())).isZero();
    assertThat(out).contains("2 lines in ");
    useStateFolder("other");
    assertThat(run("memory", "import", lines.toString())).isZero();
    assertThat(out)
        .startsWith("2 observations and facts added")
        .contains("2 texts cannot be found by meaning (no embedder is configured); recall finds");
    run("memory", "import", lines.toString());
    assertThat(out).startsWith("0 observations and facts added, 0 known facts confirmed, 2 known");
    run("memory", "export");
    assertThat(out.lines().sorted())
        .containsExactlyElementsOf(Files.readAllLines(lines).stream().sorted().toList());
  }

  @Test
  void aLineThatMakesNoSenseIsNamedAndWhatCameBeforeIsKept() throws Exception {
    Path lines =
        file(
            "some.jsonl",
            "{\"kind\":\"memory\",\"text\":\"The bins go out on Monday\"}",
            "",
            "{\"kind\":\"memory\",\"txt\":\"oops\"}");
    assertThat(run("memory", "import", lines.toString())).isEqualTo(1);
    assertThat(err.strip())
        .isEqualTo(
            ("smollama: %s line 3: 'text' is missing. Every line before it is imported (1 observation"
                    + " or fact added, 0 known facts confirmed, 0 known already), nothing from it"
                    + " on; mend it and import again, what is there changes nothing")
                .formatted(lines));
    assertThat(stats().path("memories").asInt()).isEqualTo(1);
    assertThat(run("memory", "import", folder.resolve("absent").toString())).isEqualTo(1);
    assertThat(err).contains("there is no such file");
    Files.writeString(lines, "{");
    assertThat(run("memory", "import", lines.toString())).isEqualTo(1);
    assertThat(err).contains("line 1: is no JSON", "Nothing was imported; mend it");
    assertThat(run("memory", "import", folder.resolve("state/memory.sqlite").toString()))
        .isEqualTo(1);
    assertThat(err).contains("is no text from line 1 on");
  }

  @Test
  void badLinesArePassedOverIfAskedTo() throws Exception {
    Path lines =
        file(
            "some.jsonl",
            "{\"kind\":\"memory\",\"txt\":\"oops\"}",
            "{\"kind\":\"memory\",\"text\":\"The bins go out on Monday\"}",
            "nonsense",
            "{\"kind\":\"memory\",\"text\":\"The boiler is old\"}");
    assertThat(run("memory", "import", "--skip-bad", lines.toString())).isZero();
    assertThat(err).contains("line 1: 'text' is missing", "line 3: is no JSON").hasLineCount(2);
    assertThat(out)
        .startsWith("2 observations and facts added")
        .contains("\n2 bad lines skipped\n");
    assertThat(stats().path("memories").asInt()).isEqualTo(2);
  }

  @Test
  void aDatabaseOfPythonArrivesOnce() throws Exception {
    String data = System.getenv("SMOLLAMA_TEST_DATA");
    assumeTrue(data != null, "SMOLLAMA_TEST_DATA names no folder with a real database");
    String database = Path.of(data, "seed", "memory.db").toString();
    assertThat(run("memory", "import", "--zone", "UTC", database)).isZero();
    run("memory", "import", "--zone", "UTC", database);
    JsonNode stats = stats();
    assertThat(stats.path("readings").asInt()).isEqualTo(481);
    assertThat(stats.path("observations").asInt()).isEqualTo(40);
    assertThat(stats.path("memories").asInt()).isEqualTo(12);
    assertThat(stats.path("inactive_memories").asInt()).isEqualTo(1);
  }

  @Test
  void aBackupIsAWholeStateFolder() throws Exception {
    run("remember", "The bins go out on Monday");
    Path backup = folder.resolve("stick");
    assertThat(run("memory", "backup", backup.toString())).isZero();
    useStateFolder("stick");
    run("recall", "bins");
    assertThat(out).contains("The bins go out on Monday");
    assertThat(run("memory", "verify")).isZero();
    assertThat(out).contains("Sound: " + backup.resolve("memory.sqlite"));
  }

  @Test
  void damageIsFoundAndWhatIsReadableIsSalvaged() throws Exception {
    for (int i = 0; i < 60; i++) {
      run("remember", "Shelf %d holds box %d and what belongs to it".formatted(i, i + 100));
    }
    Path memory = folder.resolve("state/memory.sqlite");
    try (RandomAccessFile pages = new RandomAccessFile(memory.toFile(), "rw")) {
      String bytes = Files.readString(memory, StandardCharsets.ISO_8859_1);
      pages.seek(bytes.lastIndexOf("Shelf 30 holds") / 4096 * 4096L);
      pages.write(new byte[4096]);
    }
    assertThat(run("memory", "verify")).isEqualTo(1);
    assertThat(out).contains("DAMAGED: " + memory);
    Path rescued = folder.resolve("rescued.sqlite");
    assertThat(run("memory", "salvage", memory.toString(), rescued.toString())).isZero();
    assertThat(out)
        .containsPattern("event +[0-9]+ rows")
        .contains("SQLite finds damage in the file (", "of these tables");
    Files.move(rescued, memory, REPLACE_EXISTING);
    assertThat(run("memory", "verify")).as(out).isZero();
    assertThat(stats().path("memories").asInt()).isEqualTo(60); // the journal still has them all
  }

  @Test
  void verifyHoldsMemoryAndJournalAgainstEachOther() throws Exception {
    Path memory = folder.resolve("state/memory.sqlite");
    Path journal = folder.resolve("state/journal.sqlite");
    run("remember", "The bins go out on Monday");
    assertThat(run("memory", "backup", folder.resolve("old").toString())).isZero();
    run("remember", "The boiler is serviced in May");
    assertThat(run("memory", "verify")).as(out).isZero();
    assertThat(out).doesNotContain("INCOMPLETE");

    Path whole = Files.copy(memory, folder.resolve("whole.sqlite"));
    Files.copy(folder.resolve("old/memory.sqlite"), memory, REPLACE_EXISTING);
    assertThat(run("memory", "verify")).as(out).isZero();
    assertThat(out).contains("1 entry of the journal is not taken in yet");

    Files.copy(whole, memory, REPLACE_EXISTING);
    sql(memory, "DELETE FROM event WHERE payload LIKE '%boiler%'");
    assertThat(run("memory", "verify")).isEqualTo(1);
    assertThat(out).contains("INCOMPLETE: " + memory + " lacks 1 entry of the journal");
    Files.move(memory, folder.resolve("holes.sqlite"));
    run("memory", "salvage", folder.resolve("holes.sqlite").toString(), memory.toString());
    assertThat(stats().path("memories").asInt()).isEqualTo(2);
    assertThat(run("memory", "verify")).as(out).isZero();

    Files.copy(folder.resolve("old/journal.sqlite"), journal, REPLACE_EXISTING);
    assertThat(run("memory", "verify")).isEqualTo(1);
    assertThat(out).contains("INCOMPLETE: " + journal + " lacks 1 entry that the memory was");
    Files.delete(journal);
    assertThat(run("memory", "verify")).isEqualTo(1);
    assertThat(out).contains("lacks 2 entries");
  }

  private static void sql(Path file, String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().executeUpdate(statement);
    }
  }

  @Test
  void salvageSaysThatNothingIsKnownToBeLost() {
    run("remember", "The bins go out on Monday");
    Path memory = folder.resolve("state/memory.sqlite");
    Path copy = folder.resolve("copy.sqlite");
    assertThat(run("memory", "salvage", memory.toString(), copy.toString())).isZero();
    assertThat(out)
        .contains("SQLite finds no damage", "nothing is known to be lost")
        .doesNotContain("by meaning");
    environment.remove("SMOLLAMA_MEMORY_EMBEDDING_PROVIDER");
    run("memory", "salvage", memory.toString(), folder.resolve("next.sqlite").toString());
    assertThat(out)
        .contains("1 text cannot be found by meaning until their vectors are made anew")
        .contains("'smollama memory reindex'");
  }

  @Test
  void factsAreListedByTheTimeAtWhichTheyWereSaid() throws Exception {
    Path lines =
        file(
            "some.jsonl",
            "{\"kind\":\"memory\",\"time\":\"2026-03-02\",\"text\":\"The  second\\u00a0 fact\"}",
            "{\"kind\":\"memory\",\"time\":\"2026-03-03\",\"text\":\"The third fact\"}",
            "{\"kind\":\"memory\",\"time\":\"2026-03-01\",\"text\":\"The first fact\"}");
    run("memory", "import", lines.toString());
    run("memory", "list");
    assertThat(out.lines().map(line -> line.split(" {2,}")[1]))
        .containsExactly("The third fact", "The second fact", "The first fact");
    run("remember", "The second fact");
    assertThat(out).startsWith("Known already, now said 2 times: The second fact");
  }

  @Test
  void aQueryWithoutAWordSaysSo() throws Exception {
    run("remember", "The bins go out on Monday");
    run("recall", "\uD83D\uDE00 ?!");
    assertThat(out).startsWith("(The query has no word to look for; these are the latest)");
    run("recall", "--json", "?");
    assertThat(new ObjectMapper().readTree(out).path("note").asText()).contains("no word");
    run("recall");
    assertThat(out).doesNotContain("no word");
    run("recall", "bins");
    assertThat(out).doesNotContain("no word");
  }

  @Test
  void selectionsAndWrongUsage() {
    run("remember", "The bins go out on Monday");
    run("memory", "export", "--kind", "observation,reading");
    assertThat(out).doesNotContain("bins");
    assertThat(run("memory", "export", "--kind", "thought")).isEqualTo(2);
    assertThat(run("memory", "export", "--type", "thought")).isEqualTo(2);
    assertThat(run("memory", "export", "--since", "soon")).isEqualTo(2);
    assertThat(run("memory", "export", folder.resolve("none/x").toString())).isEqualTo(1);
    assertThat(err).contains("its folder does not exist");
    assertThat(run("memory", "compact", "--older-than", "-1")).isEqualTo(2);
    assertThat(run("memory", "reindex")).isZero();
    assertThat(run("memory", "compact")).isZero();
    assertThat(out).startsWith("0 observations summed up in 0 summaries; 0 old readings let go");
  }
}
