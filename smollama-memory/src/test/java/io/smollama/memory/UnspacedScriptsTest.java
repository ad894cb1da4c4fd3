package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts without spaces between words are found by words, too. */
class UnspacedScriptsTest extends MemoryFixture {
  @BeforeEach
  void fillWithoutModel() {
    store.close();
    embedder = Optional.empty();
    open();
    store.remember(NewMemory.of("猫は夜になると庭で寝ています"));
    store.remember(NewMemory.of("地下室のポンプは赤いスイッチで動きます"));
    store.remember(NewMemory.of("垃圾桶星期一晚上放到门口"));
    store.remember(NewMemory.of("The cat ネコ sleeps in the 庭"));
  }

  @ParameterizedTest
  @CsvSource({
    "猫, 猫は夜になると庭で寝ています",
    "猫はどこで寝ますか, 猫は夜になると庭で寝ています",
    "赤いスイッチ, 地下室のポンプは赤いスイッチで動きます",
    "ポンプ, 地下室のポンプは赤いスイッチで動きます",
    "什么时候放垃圾桶？, 垃圾桶星期一晚上放到门口",
    "ネコ, The cat ネコ sleeps in the 庭",
    "cat, The cat ネコ sleeps in the 庭",
  })
  void areFound(String query, String text) {
    assertThat(best(query)).contains(text);
  }

  @Test
  void areFoundThoughTheIndexWasReadBefore() {
    assertThat(best("水")).isEmpty();
    store.remember(NewMemory.of("水漏れは二階です"));
    assertThat(best("水")).contains("水漏れは二階です");
  }

  @Test
  void areFoundInAFileThatWasIndexedByWholeSentences() throws Exception {
    store.close();
    sql(
        "UPDATE item_text SET text = (SELECT text FROM item WHERE id = item_text.rowid)",
        "UPDATE meta SET value = '7' WHERE key = 'fold_version'");
    open();
    assertThat(best("猫")).contains("猫は夜になると庭で寝ています");
  }

  @Test
  void areSoundAsIndexed() {
    assertThat(store.upkeep().verify()).isEmpty();
    store.upkeep().reindex(progress -> {});
    assertThat(best("猫")).contains("猫は夜になると庭で寝ています");
    assertThat(store.upkeep().verify()).isEmpty();
  }

  private Optional<String> best(String query) {
    return store.recall(RecallQuery.of(query, 1)).hits().stream().map(RecallHit::text).findFirst();
  }
}
