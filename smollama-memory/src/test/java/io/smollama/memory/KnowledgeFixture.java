package io.smollama.memory;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** What a person says and a model guesses, and its corrections. */
abstract class KnowledgeFixture extends MemoryFixture {
  static final Corrections.By OPERATOR = Corrections.By.OPERATOR;
  static final Corrections.By MODEL = new Corrections.By(Provenance.MODEL, "a guess");

  Corrections corrections;

  @Override
  @BeforeEach
  void open() {
    super.open();
    corrections = store.corrections();
  }

  Memory say(String fact) {
    return store.remember(NewMemory.of(fact)).memory();
  }

  Remembered guess(String fact) {
    return store.remember(new NewMemory(fact, 0.5, Provenance.MODEL));
  }

  List<String> facts(MemoryFilter filter) {
    return store.memories(filter).stream().map(Memory::fact).toList();
  }
}
