package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  static List<ModelFile> models() {
    return List.of(ModelFile.ALL_MINILM, ModelFile.E5_SMALL);
  }

  @ParameterizedTest
  @MethodSource("models")
  void readsThePiecesOfTheModel(ModelFile model) {
    Vocabulary vocabulary = OnnxModel.vocabulary(model);
    assertThat(vocabulary.size()).isEqualTo(30_522);
    assertThat(vocabulary.id("[CLS]")).isEqualTo(101);
    assertThat(vocabulary.id("\"")).isEqualTo(1000);
    assertThat(vocabulary.id("\\")).isEqualTo(1032);
    assertThat(vocabulary.id("##～")).isEqualTo(30_521);
    assertThat(vocabulary.id("Capital")).isNull();
  }

  @Test
  void readsEscapedPieces() throws IOException {
    String json = "{\"model\":{\"vocab\":{\"\\u00e9\\/\\\"\":7,\"}\": 8 , \",\" :9}}}";
    Vocabulary vocabulary = Vocabulary.parse(json);
    assertThat(vocabulary.size()).isEqualTo(3);
    assertThat(vocabulary.id("é/\"")).isEqualTo(7);
    assertThat(vocabulary.id("}")).isEqualTo(8);
    assertThat(vocabulary.id(",")).isEqualTo(9);
  }

  @Test
  void readsNoPieces() throws IOException {
    assertThat(Vocabulary.parse("{\"vocab\": {}}").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"vocab\"",
        "{\"vocab\":{",
        "{\"vocab\":{\"a\":1",
        "{\"vocab\":{\"a",
        "{\"vocab\":{\"a\":x}}",
        "{\"vocab\":{\"\\n\":1}}",
        "{\"vocab\":{\"\\u00",
      })
  void refusesWhatBreaksOff(String json) {
    assertThatThrownBy(() -> Vocabulary.parse(json))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"vocab\"");
  }
}
