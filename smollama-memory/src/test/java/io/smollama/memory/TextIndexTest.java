package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextIndexTest {
  @TempDir Path folder;
  private Database database;
  private final TextIndex index = new TextIndex(1 << 20);

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("m.sqlite"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void postingsComeBackAsTheyWentIn() {
    Random random = new Random(7);
    Map<Integer, Integer> expected = new TreeMap<>();
    Postings postings = new Postings();
    int item = 0;
    for (int i = 0; i < 5_000; i++) {
      item += 1 + (random.nextInt(50) == 0 ? random.nextInt(300_000) : random.nextInt(4));
      int times = random.nextInt(20) == 0 ? 1 + random.nextInt(500) : 1;
      expected.put(item, times);
      postings.add(item, times);
    }
    assertThat(all(postings.trimmed())).isEqualTo(expected);
    assertThat(postings.count()).isEqualTo(5_000);
    assertThat(postings.mostTimes()).isEqualTo(Collections.max(expected.values()));
    int last = item;
    assertThatThrownBy(() -> postings.add(last, 1)).hasMessageContaining("does not follow");
  }

  @Test
  void aBlockIsFoundByTheItemsThatItHas() {
    Postings postings = new Postings();
    for (int item = 5; item < 10_000; item += 5) {
      postings.add(item, 1);
    }
    Postings.Block block = new Postings.Block();
    for (int item = 0; item < 10_100; item++) {
      postings.read(postings.blockOf(item, 0), block);
      int at = Arrays.binarySearch(block.items, 0, block.count, item);
      assertThat(at >= 0).as("item " + item).isEqualTo(item > 0 && item < 10_000 && item % 5 == 0);
    }
  }

  @Test
  void aNumberThatStandsAgainCountsAgain() {
    byte[] list = "3,3,3,12,40,40".getBytes(StandardCharsets.US_ASCII);
    assertThat(all(TextIndex.parse(list))).isEqualTo(Map.of(3, 3, 12, 1, 40, 2));
    assertThat(all(TextIndex.parse(null))).isEmpty();
  }

  @Test
  void wordsAreStemmedAndFoldedAsTheirTextsAre() {
    put(1, "The cellars were flooding");
    put(2, "Über den Keller; the pumps' café");
    assertThat(postings("flooded")).isEqualTo(Map.of(1, 1));
    assertThat(postings("cellar")).isEqualTo(Map.of(1, 1));
    assertThat(postings("uber")).isEqualTo(Map.of(2, 1));
    assertThat(postings("cafe")).isEqualTo(Map.of(2, 1));
    assertThat(postings("pumping")).isEqualTo(Map.of(2, 1));
    assertThat(postings("boiler")).isEmpty();
  }

  @Test
  void listsThatAreKeptGrowWithNewTexts() {
    put(1, "pump pump");
    assertThat(postings("pump")).isEqualTo(Map.of(1, 2));
    for (int item = 2; item < 2_000; item++) {
      put(item, item % 3 == 0 ? "pumps hum" : "quiet");
      index.added(item);
      if (item % 700 == 0 || item < 9) {
        Map<Integer, Integer> expected = new TreeMap<>(Map.of(1, 2));
        for (int i = 3; i <= item; i += 3) {
          expected.put(i, 1);
        }
        assertThat(postings("pump")).isEqualTo(expected);
      }
    }
  }

  @Test
  void listsAreReadAgainAfterAnEdit() {
    put(1, "pump");
    put(2, "pump");
    postings("pump");
    put(1, "boiler");
    index.edited();
    assertThat(postings("pump")).isEqualTo(Map.of(2, 1));
    assertThat(postings("boiler")).isEqualTo(Map.of(1, 1));
  }

  @Test
  void theWordAskedForLongestAgoIsFoundBesideOneThatTakesItsPlace() {
    put(1, "pump");
    postings("pump");
    for (int i = 1; i < Stemmer.KEPT; i++) {
      postings("word" + i);
    }
    assertThat(postings("pump", "new")).hasSize(2);
    assertThat(postings("pump")).isEqualTo(Map.of(1, 1));
  }

  @Test
  void theCacheKeepsWithinItsBytes() {
    PostingCache cache = new PostingCache(2_000);
    for (int i = 0; i < 100; i++) {
      Postings postings = new Postings();
      postings.add(1, 1);
      cache.put("t" + i, postings.trimmed());
    }
    assertThat(cache.get("t0")).isNull();
    assertThat(cache.get("t99")).isNotNull();
    int kept = 0;
    for (int i = 0; i < 100; i++) {
      kept += cache.get("t" + i) == null ? 0 : 1;
    }
    assertThat(kept).isBetween(5, 10);
  }

  private void put(int item, String text) {
    database.write(
        connection -> {
          ItemText.put(connection, item, text);
          return connection
              .createStatement()
              .executeUpdate(
                  "INSERT OR REPLACE INTO item (id, entry, kind, type, text, confidence, lamport,"
                      + " origin, node, sources, provenance, confirmed, shown, tainted, ref, tags) VALUES ("
                      + item
                      + ", 'e"
                      + item
                      + "', 0, 'general', '"
                      + text.replace("'", "''")
                      + "', 1, 1, '', '', '[]', '', 1, 1, 0, '', '[]')");
        });
  }

  private Map<Integer, Integer> postings(String word) {
    return all(postings(new String[] {word}).get(0));
  }

  private List<Postings> postings(String... words) {
    return database.read(c -> index.postings(c, List.of(words)));
  }

  private static Map<Integer, Integer> all(Postings postings) {
    Map<Integer, Integer> found = new TreeMap<>();
    Postings.Block block = new Postings.Block();
    for (int i = 0; i < postings.blocks(); i++) {
      postings.read(i, block);
      for (int j = 0; j < block.count; j++) {
        found.put(block.items[j], block.times[j]);
      }
    }
    return found;
  }
}
