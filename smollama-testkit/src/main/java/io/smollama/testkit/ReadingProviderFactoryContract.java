package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingProviderFactory;
import io.smollama.core.Source;
import java.lang.reflect.Modifier;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ReadingProviderFactory} keeps to; what it makes keeps to {@link
 * ReadingProviderContract}. One thread at a time.
 *
 * @param <C> the configuration
 */
public abstract class ReadingProviderFactoryContract<C extends Record> {
  /** The factory. */
  protected abstract ReadingProviderFactory<C> factory();

  /** A configuration of a sensor that may well not be there. */
  protected abstract C configuration();

  @Test
  void isFoundByItsName() {
    ReadingProviderFactory<C> factory = factory();
    assertThat(factory.name()).matches("[a-z0-9_-]{1,64}");
    assertThat(
            ServiceLoader.load(ReadingProviderFactory.class, factory.getClass().getClassLoader()))
        .as("META-INF/services/" + ReadingProviderFactory.class.getName() + " names it")
        .anySatisfy(found -> assertThat(found).hasSameClassAs(factory));
  }

  @Test
  void configurationCanBeMadeByOthers() {
    Class<C> type = factory().configuration();
    assertThat(Modifier.isPublic(type.getModifiers())).as("%s is public", type).isTrue();
    assertThat(type).isEqualTo(configuration().getClass());
  }

  @Test
  void opensThoughTheSensorMayNotBeThere() {
    try (ReadingProvider provider = factory().open(configuration(), new ManualClock())) {
      assertThat(provider.sources())
          .allSatisfy((Source source) -> assertThat(source.id().type()).isEqualTo(provider.type()));
    }
  }

  @Test
  void eachProviderIsOneOfItsOwn() {
    ReadingProvider one = factory().open(configuration(), new ManualClock());
    ReadingProvider other = factory().open(configuration(), new ManualClock());
    assertThat(one).isNotSameAs(other);
    one.close();
    other.close();
  }
}
