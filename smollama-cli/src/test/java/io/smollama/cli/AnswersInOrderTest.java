package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersInOrderTest {
  private final List<String> told = new ArrayList<>();

  private void tell(Function<String, JsonNode> answerer, int atOnce, Reader questions) {
    new AnswersInOrder(answerer, atOnce)
        .tell(new BufferedReader(questions), answer -> told.add(answer.asText()));
  }

  private static Reader questions(int from, int to) {
    return new StringReader(
        IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void theOrderIsThatOfTheQuestionsWhateverIsAnsweredFirst() {
    CountDownLatch second = new CountDownLatch(1);
    tell(
        question -> {
          if (question.equals("0")) {
            await(second);
          } else {
            second.countDown();
          }
          return TextNode.valueOf("to " + question);
        },
        2,
        questions(0, 50));
    assertThat(told)
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "to " + i).toList());
  }

  @Test
  void soManyAreAnsweredAtOnce() {
    CyclicBarrier three = new CyclicBarrier(3);
    tell(
        question -> {
          try {
            three.await(1, TimeUnit.MINUTES);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return TextNode.valueOf(question);
        },
        3,
        questions(0, 30));
    assertThat(told).hasSize(30);
  }

  @Test
  void whoWaitsForAnAnswerBeforeAskingOnGetsIt() throws IOException {
    PipedWriter asking = new PipedWriter();
    PipedReader questions = new PipedReader(asking);
    asking.write("first\n");
    new AnswersInOrder(TextNode::valueOf, 4)
        .tell(
            new BufferedReader(questions),
            answer -> {
              told.add(answer.asText());
              try {
                if (told.size() == 1) {
                  asking.write("second\n");
                }
                asking.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void theFirstFailureEndsItAfterTheAnswersBeforeIt() {
    assertThatThrownBy(
            () ->
                tell(
                    question -> {
                      if (question.equals("20")) {
                        throw new UserError("The node refused: it is broken");
                      }
                      return TextNode.valueOf(question);
                    },
                    2,
                    questions(0, 10_000)))
        .isInstanceOf(UserError.class)
        .hasMessage("The node refused: it is broken");
    assertThat(told).hasSize(20).endsWith("19");
  }

  @Test
  void linesThatCannotBeReadAreAFailure() {
    Reader broken =
        new Reader() {
          @Override
          public int read(char[] into, int from, int most) throws IOException {
            throw new IOException("the pipe is broken");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> tell(TextNode::valueOf, 2, broken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the pipe is broken");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
