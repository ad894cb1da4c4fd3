package io.smollama.dashboard;

import io.smollama.core.ChatModel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node that runs from before a test until after it. */
abstract class NodeFixture {
  /** What a text must not become in a page. */
  static final String EVIL = "<script>alert(1)</script>\"'><img src=x>";

  @TempDir Path folder;
  Node node;

  @BeforeEach
  void open() {
    node = new Node(folder, model());
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** The model that the node asks; none unless a test says so. */
  Optional<ChatModel> model() {
    return Optional.empty();
  }
}
