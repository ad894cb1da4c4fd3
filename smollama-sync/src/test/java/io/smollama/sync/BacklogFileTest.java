package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.sync.BacklogFile.Exported;
import io.smollama.sync.BacklogFile.Imported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogFileTest {
  private final InMemoryLogStore thereStore = Lines.store(2);
  private final SharedReplica here = Lines.shared(Lines.store(1), "node1");
  private final SharedReplica there = Lines.shared(thereStore, "there");
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("stick.smollama");
  }

  private static void write(SharedReplica replica, int stream, int count) {
    replica.append(stream, Collections.nCopies(count, new NewEntry("obs.add", "{\"a\":1}")));
  }

  private static Exported export(SharedReplica from, Frontier known, Path to) {
    return BacklogFile.export(from, known, to);
  }

  private Imported take() {
    return BacklogFile.importInto(there, file);
  }

  @Test
  void carriesEverythingInManyChunksAndSaysWhatWasTaken() throws IOException {
    write(here, ChainId.KNOWLEDGE, 3_000);
    write(here, ChainId.READINGS, 4_500);
    Exported exported = export(here, Frontier.EMPTY, file);
    assertThat(exported).isEqualTo(new Exported(7_500, Files.size(file)));
    assertThat(take()).isEqualTo(new Imported("node1", 7_500, 7_500, true, List.of()));
    assertThat(there.frontier()).isEqualTo(here.frontier());
    assertThat(folder.toFile().list()).containsExactly("stick.smollama");
  }

  @Test
  void takenAgainItChangesNothing() {
    write(here, ChainId.KNOWLEDGE, 10);
    export(here, Frontier.EMPTY, file);
    take();
    Self before = thereStore.self();
    assertThat(take()).isEqualTo(new Imported("node1", 10, 0, true, List.of()));
    assertThat(thereStore.self()).isEqualTo(before);
  }

  @Test
  void carriesOnlyWhatTheOtherLacks() {
    write(here, ChainId.KNOWLEDGE, 10);
    export(here, Frontier.EMPTY, file);
    take();
    write(here, ChainId.KNOWLEDGE, 3);
    write(there, ChainId.KNOWLEDGE, 1);
    Path fromThere = folder.resolve("there.smollama");
    assertThat(export(there, here.frontier(), fromThere).entries()).isEqualTo(1);
    Frontier known = BacklogFile.frontier(fromThere);
    assertThat(known).isEqualTo(there.frontier());
    assertThat(export(here, known, file).entries()).isEqualTo(3);
    assertThat(take().taken()).isEqualTo(3);
  }

  @Test
  void linesThatPartedMeetByGoingThereAndBack() {
    List<Entry> line = Lines.line(Lines.chain(9), 20);
    takeIn(here, line);
    takeIn(there, line.subList(0, 5));
    takeIn(there, Lines.fork(line, 5, 3, "other"));
    Path back = folder.resolve("back.smollama");
    export(here, there.frontier(), file);
    take();
    export(there, here.frontier(), back);
    BacklogFile.importInto(here, back);
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(here.frontier().tips(Lines.chain(9)).heads()).hasSize(2);
    assertThat(export(here, there.frontier(), file).entries()).isZero();
    assertThat(export(here, Frontier.EMPTY, file).entries()).isEqualTo(23);
    SharedReplica newcomer = Lines.shared(Lines.store(7), "node7");
    BacklogFile.importInto(newcomer, file);
    assertThat(newcomer.frontier()).isEqualTo(here.frontier());
  }

  @Test
  void aNodeThatReadsItsOwnFutureGoesOnUnderANewName() {
    InMemoryLogStore store = Lines.store(1);
    SharedReplica original = Lines.shared(store, "one");
    write(original, ChainId.KNOWLEDGE, 1);
    InMemoryLogStore backup = store.copy();
    write(original, ChainId.KNOWLEDGE, 5);
    export(original, original.frontier(), file);
    SharedReplica restored = Lines.shared(backup, "one");
    BacklogFile.importInto(restored, file);
    assertThat(restored.self().origin()).isNotEqualTo(Lines.replicaId(1));
  }

  @Test
  void aDamagedChunkIsNamedAndTheOthersAreTaken() throws IOException {
    for (long origin = 10; origin < 20; origin++) {
      takeIn(here, Lines.line(Lines.chain(origin), 1_000));
    }
    export(here, Frontier.EMPTY, file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    Imported first = take();
    assertThat(first.complete()).isFalse();
    assertThat(first.faults().get(0)).matches("chunk [0-9] is damaged|chunk [0-9]: is damaged");
    assertThat(first.taken()).isBetween(4_000L, 9_000L);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThat(take().taken()).isEqualTo(10_000 - first.taken());
    assertThat(there.frontier()).isEqualTo(here.frontier());
  }

  @Test
  void aFileThatBreaksOffGivesWhatIsThere() throws IOException {
    write(here, ChainId.KNOWLEDGE, 5_000);
    export(here, Frontier.EMPTY, file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = bytes.length - 1; length > 0; length -= 977) {
      Files.write(file, Arrays.copyOf(bytes, length));
      if (length > 100) {
        Imported imported = take();
        assertThat(imported.complete()).isFalse();
        assertThat(imported.faults()).isNotEmpty().allMatch(f -> f.lines().count() == 1);
      }
    }
    Files.write(file, bytes);
    assertThat(take().complete()).isTrue();
    assertThat(there.frontier()).isEqualTo(here.frontier());
  }

  @Test
  void aFullStoreEndsItAndTheRestComesLater() {
    write(here, ChainId.KNOWLEDGE, 5_000);
    export(here, Frontier.EMPTY, file);
    int[] commits = {0};
    LogStore full =
        new LogStoreAround(thereStore) {
          @Override
          public boolean commit(Change change) {
            if (commits[0]++ == 2) {
              throw new JournalException("disk", "is full", true);
            }
            return super.commit(change);
          }
        };
    SharedReplica tight = Lines.shared(full, "there");
    Imported first = BacklogFile.importInto(tight, file);
    assertThat(first.complete()).isFalse();
    assertThat(first.faults().toString()).contains("the disk is full or in use; try again");
    assertThat(first.taken()).isBetween(1L, 4_999L);
    assertThat(take().taken()).isEqualTo(5_000 - first.taken());
  }

  @Test
  void whatIsNoBacklogIsNeitherReadNorReplaced() throws IOException {
    Files.writeString(file, "Dear diary\n");
    assertThatThrownBy(this::take)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("is no backlog of Smollama");
    assertThatThrownBy(() -> export(here, Frontier.EMPTY, file))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("name another file");
    assertThat(file).hasContent("Dear diary\n");
    Files.writeString(file, "{\"backlog\":{\"version\":2,\"name\":\"x\"}}\n");
    assertThatThrownBy(this::take).hasMessageContaining("upgrade");
    assertThatThrownBy(() -> export(here, Frontier.EMPTY, folder.resolve("no/such/x")))
        .isInstanceOf(JournalException.class);
  }

  @Test
  void anExportThatFailsLeavesTheFormerFile() throws IOException {
    write(here, ChainId.KNOWLEDGE, 10);
    export(here, Frontier.EMPTY, file);
    String before = Files.readString(file, StandardCharsets.ISO_8859_1);
    InMemoryLogStore store = Lines.store(1);
    write(Lines.shared(store, "one"), ChainId.KNOWLEDGE, 10);
    LogStore failing =
        new LogStoreAround(store) {
          @Override
          public List<Entry> entries(ChainId chain, String label, long after, int limit) {
            throw new JournalException("disk", "broke", false);
          }
        };
    SharedReplica broken = Lines.shared(failing, "one");
    assertThatThrownBy(() -> export(broken, Frontier.EMPTY, file)).hasMessageContaining("broke");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static void takeIn(SharedReplica replica, List<Entry> line) {
    replica.takeIn(List.of(Run.of(line)), Long.MAX_VALUE);
  }
}
