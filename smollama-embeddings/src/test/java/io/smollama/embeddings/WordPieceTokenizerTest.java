package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the tokenizers that the models were trained with, those of Hugging Face, in Rust. */
@ParameterizedClass
@MethodSource("models")
class WordPieceTokenizerTest {
  private static final Pattern UNICODE = Pattern.compile("\\\\u(\\p{XDigit}{4})");
  private static final Map<ModelFile, HuggingFaceTokenizer> REFERENCES = new HashMap<>();

  @TempDir static Path cache;
  private final ModelFile model;
  private final Vocabulary vocabulary;
  private final WordPieceTokenizer tokenizer;
  private final HuggingFaceTokenizer reference;

  WordPieceTokenizerTest(ModelFile model) {
    this.model = model;
    this.vocabulary = OnnxModel.vocabulary(model);
    this.tokenizer = new WordPieceTokenizer(vocabulary, model.maxPieces());
    this.reference = REFERENCES.computeIfAbsent(model, WordPieceTokenizerTest::openReference);
  }

  static List<ModelFile> models() {
    return List.of(ModelFile.ALL_MINILM, ModelFile.E5_SMALL);
  }

  private static HuggingFaceTokenizer openReference(ModelFile model) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("DJL_CACHE_DIR", cache.toString());
    String limit = Integer.toString(model.maxPieces());
    try (InputStream json =
        WordPieceTokenizerTest.class.getResourceAsStream("/" + model.tokenizer())) {
      return HuggingFaceTokenizer.newInstance(
          json,
          Map.of(
              "padding",
              "false",
              "truncation",
              "true",
              "maxLength",
              limit,
              "modelMaxLength",
              limit));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void closeReferences() {
    REFERENCES.values().forEach(HuggingFaceTokenizer::close);
    REFERENCES.clear();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void agreesOnEachLine(String line) {
    assertThat(tokenizer.encode(line)).isEqualTo(reference.encode(line).getIds());
  }

  @Test
  void agreesOnMixedLines() throws IOException {
    List<String> words =
        samples().flatMap(line -> Stream.of(line.split("(?<= )|(?=[.,:])"))).toList();
    Random random = new Random(20260731);
    for (int i = 0; i < 2_000; i++) {
      String mixed =
          random
              .ints(random.nextInt(40), 0, words.size())
              .mapToObj(words::get)
              .collect(Collectors.joining());
      assertThat(tokenizer.encode(mixed)).as(mixed).isEqualTo(reference.encode(mixed).getIds());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100, 101, 5_000})
  void agreesOnVeryLongWords(int length) {
    for (String letter : List.of("a", "ö", "\uD835\uDCB3", "ß")) {
      String word = "before " + letter.repeat(length) + " after";
      assertThat(tokenizer.encode(word)).isEqualTo(reference.encode(word).getIds());
    }
  }

  @Test
  void agreesOnLettersOfLivingScripts() {
    for (int point = 1; point < 0x500; point++) {
      String text = "ab" + Character.toString(point) + "cd " + Character.toString(point);
      assertThat(tokenizer.encode(text))
          .as("U+%04X", point)
          .isEqualTo(reference.encode(text).getIds());
    }
  }

  @Test
  void cutsAtTheLimitWhereverItFalls() {
    int limit = model.maxPieces();
    for (int i = limit - 16; i < limit + 4; i++) {
      String text = "word ".repeat(i) + "thermohygrometrically qqqqzzzzw\u4e02 end";
      long[] ids = tokenizer.encode(text);
      assertThat(ids).hasSizeLessThanOrEqualTo(limit).isEqualTo(reference.encode(text).getIds());
    }
  }

  @Test
  void cutsTheExampleOfItsDocumentation() {
    assertThat(tokenizer.encode("Kärcher's 3.5V"))
        .containsExactly(
            Stream.of("[CLS] ka ##rch ##er ' s 3 . 5 ##v [SEP]".split(" "))
                .mapToLong(vocabulary::id)
                .toArray());
  }

  @Test
  void spelledSeparatorsAreText() {
    assertThat(tokenizer.encode("[SEP]")).isEqualTo(tokenizer.encode("[ sep ]")).hasSize(5);
  }

  @Test
  void brokenSurrogatesAreDropped() {
    assertThat(tokenizer.encode("do\uD83Cor")).isEqualTo(tokenizer.encode("door"));
  }

  static Stream<String> samples() throws IOException {
    try (InputStream in = WordPieceTokenizerTest.class.getResourceAsStream("sentences.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> UNICODE.matcher(line).replaceAll(WordPieceTokenizerTest::character))
              .map(String::translateEscapes)
              .toList()
              .stream();
    }
  }

  private static String character(MatchResult escape) {
    return Character.toString(Integer.parseInt(escape.group(1), 16));
  }
}
