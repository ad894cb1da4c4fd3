package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.dashboard.SyncServerConfig;
import io.smollama.memory.ReadingShare;
import io.smollama.sync.SyncScope;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigOfSharingTest extends ConfigFixture {
  @Test
  void isOffUntilAServerIsNamed() throws IOException {
    SyncConfig config = load("").config().sync();
    assertThat(config.address()).isEmpty();
    assertThat(config.meeting().streams()).containsExactlyInAnyOrder(0, 1);
    assertThat(config.meeting().scope()).isEqualTo(SyncScope.ALL);
    assertThat(config.server())
        .isEqualTo(new SyncServerConfig("0.0.0.0", 8090, 200, SyncScope.ALL));
    assertThat(load("sync: {enabled: no, llama_url: 'http://llama'}").config().sync().address())
        .isEmpty();
  }

  @Test
  void isSetByVariablesToo() {
    NodeConfig config =
        with(
            Map.of(
                "SMOLLAMA_NODE_ROLE", "llama",
                "SMOLLAMA_SYNC_LLAMA_URL", "https://llama.example/garden",
                "SMOLLAMA_SYNC_TOKEN", "smol_x",
                "SMOLLAMA_SYNC_SYNC_INTERVAL", "2",
                "SMOLLAMA_SYNC_TAKE", "rollups, readings",
                "SMOLLAMA_SYNC_SCOPE", "own",
                "SMOLLAMA_SYNC_SERVER_OFFERS", "own",
                "SMOLLAMA_SYNC_SERVER_HOST", "::1",
                "SMOLLAMA_SYNC_SERVER_PORT", "9000",
                "SMOLLAMA_SYNC_SERVER_MEGABYTES_PER_DAY", "7"));
    assertThat(config.node().role()).isEqualTo(NodeConfig.Role.LLAMA);
    assertThat(config.sync().address()).contains(URI.create("https://llama.example/garden"));
    assertThat(config.sync().token()).contains("smol_x");
    assertThat(config.sync().syncInterval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.sync().meeting().streams()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(config.sync().meeting().scope()).isEqualTo(SyncScope.OWN);
    assertThat(config.sync().server())
        .isEqualTo(new SyncServerConfig("::1", 9000, 7, SyncScope.OWN));
    assertThat(config.toString()).doesNotContain("smol_x");
  }

  @Test
  void sumsOfReadingsAreSharedWithAServerThatIsNamed() throws IOException {
    assertThat(detail("")).isEqualTo(ReadingShare.Detail.NONE);
    assertThat(detail("sync: {llama_url: 'http://llama'}")).isEqualTo(ReadingShare.Detail.ROLLUPS);
    assertThat(detail("sync: {llama_url: 'http://llama', readings: {share: none}}"))
        .isEqualTo(ReadingShare.Detail.NONE);
    assertThat(detail("sync: {readings: {share: all, every: 5m, keep_days: 3}}"))
        .isEqualTo(ReadingShare.Detail.ALL);
  }

  private ReadingShare.Detail detail(String yaml) throws IOException {
    SyncConfig config = load(yaml).config().sync();
    return config.readings().detail(config.address().isPresent());
  }

  @Test
  void aDatabaseIsNamedWithoutItsSecrets() {
    NodeConfig config =
        with(
            Map.of(
                "SMOLLAMA_SYNC_DATABASE_URL", "jdbc:postgresql://one,two:5433/llama?ssl=true",
                "SMOLLAMA_SYNC_DATABASE_USER", "smollama",
                "SMOLLAMA_SYNC_DATABASE_PASSWORD", "hidden",
                "SMOLLAMA_SYNC_DATABASE_CONNECTIONS", "4"));
    SyncDatabaseConfig database = config.sync().database();
    assertThat(database.name()).isEqualTo("PostgreSQL one,two:5433/llama");
    assertThat(database.password()).contains("hidden");
    assertThat(database.connections()).isEqualTo(4);
    assertThat(config.toString() + database).doesNotContain("hidden");
  }

  @Test
  void takesAnIntervalWithItsUnit() throws IOException {
    assertThat(load("sync: {sync_interval: 30s}").config().sync().syncInterval())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(with(Map.of("SMOLLAMA_SYNC_SYNC_INTERVAL", "30s")).sync().syncInterval())
        .isEqualTo(Duration.ofSeconds(30));
  }

  private NodeConfig with(Map<String, String> environment) {
    return new ConfigLoader(folder, folder, environment).load(Optional.empty(), List.of()).config();
  }

  @ParameterizedTest
  @CsvSource({
    "http://llama.example.org, true",
    "http://203.0.113.7:8090, true",
    "http://[2001:db8::1]:8090, true",
    "http://172.32.0.1, true",
    "https://llama.example.org, false",
    "http://llama:8090, false",
    "http://llama.local, false",
    "http://192.168.1.7, false",
    "http://10.0.0.7, false",
    "http://172.16.0.1, false",
    "http://[fd00::1], false",
    "http://[::1]:8090, false",
    "http://127.0.0.1:8090, false",
  })
  void tellsPlainHttpToTheWideWorld(URI address, boolean inClear) {
    assertThat(PublicAddress.isPlainHttpTo(address)).isEqualTo(inClear);
  }
}
