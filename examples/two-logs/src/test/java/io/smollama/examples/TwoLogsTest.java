package io.smollama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.sync.SqliteJournal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoLogsTest {
  @TempDir Path folder;

  @Test
  void eachHoldsWhatBothWroteAndGoesOn() {
    TwoLogs.main(new String[] {folder.toString()});
    TwoLogs.main(new String[] {folder.toString()});
    try (SqliteJournal garden = TwoLogs.open(folder, "garden");
        SqliteJournal cellar = TwoLogs.open(folder, "cellar")) {
      assertThat(garden.frontier()).isEqualTo(cellar.frontier());
      assertThat(TwoLogs.observations(garden)).hasSize(4);
      garden.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"It rains\"}");
      TwoLogs.merge(cellar.replica(), garden.replica());
      assertThat(TwoLogs.observations(cellar)).hasSize(5).contains("{\"text\":\"It rains\"}");
    }
  }
}
