package io.smollama.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house that can be read from the compiled classes. */
class ArchitectureTest {
  /** Which modules each may compile against, besides the JDK and third-party jars. */
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "core", List.of(),
          "testkit", List.of("core"),
          "readings", List.of("core"),
          "devices", List.of("core", "readings"),
          "memory", List.of("core"),
          "sync", List.of("core"),
          "mqtt", List.of("core"),
          "embeddings", List.of("core"),
          "agent", List.of("core", "readings", "memory"),
          "dashboard", List.of("core", "readings", "memory", "sync", "agent"));

  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.smollama");
  }

  @Nested
  class Arrows {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "core",
          "testkit",
          "readings",
          "devices",
          "memory",
          "sync",
          "mqtt",
          "embeddings",
          "agent",
          "dashboard"
        })
    void pointWhereTheTableSays(String module) {
      List<String> allowed = new ArrayList<>(List.of("io.smollama." + module));
      ARROWS.get(module).forEach(other -> allowed.add("io.smollama." + other));
      DescribedPredicate<JavaClass> forbidden =
          DescribedPredicate.describe(
              "another module than " + allowed,
              type ->
                  type.getPackageName().startsWith("io.smollama")
                      && !allowed.contains(type.getPackageName()));
      check(
          noClasses()
              .that()
              .resideInAPackage("io.smollama." + module)
              .should()
              .dependOnClassesThat(forbidden));
    }

    @Test
    void coreSeesNothingButTheJdk() {
      check(
          classes()
              .that()
              .resideInAPackage("io.smollama.core")
              .should()
              .onlyDependOnClassesThat()
              .resideInAnyPackage("io.smollama.core", "java..", "org.jspecify.annotations"));
    }

    @Test
    void makeNoCircle() {
      check(slices().matching("io.smollama.(**)").should().beFreeOfCycles());
    }
  }

  @Nested
  class Calls {
    @Test
    void nobodySleeps() {
      check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
      check(noClasses().should().callMethod(Thread.class, "sleep", long.class, int.class));
    }

    @Test
    void onlyTheProgramLooksAtTheEnvironmentAndTheTerminal() {
      check(
          outsideTheProgram()
              .callMethodWhere(
                  calls(System.class, "getenv")
                      .or(calls(java.io.PrintStream.class, "println"))
                      .or(calls(System.class, "exit"))));
      check(outsideTheProgram().accessField(System.class, "out"));
      check(outsideTheProgram().accessField(System.class, "err"));
    }

    @Test
    void timeComesInThroughTheConstructor() {
      check(
          noClasses()
              .should()
              .callMethodWhere(
                  calls(java.time.Instant.class, "now")
                      .or(calls(java.time.LocalDateTime.class, "now"))
                      .or(calls(java.time.ZonedDateTime.class, "now"))
                      .or(calls(System.class, "currentTimeMillis"))));
    }

    @Test
    void nobodyWritesJavaSerialization() {
      check(
          noClasses()
              .should()
              .dependOnClassesThat()
              .belongToAnyOf(java.io.ObjectOutputStream.class));
    }
  }

  @Nested
  class Names {
    @Test
    void noClassIsCalledAfterNothing() {
      check(noClasses().should().haveSimpleNameEndingWith("Util"));
      check(noClasses().should().haveSimpleNameEndingWith("Utils"));
      check(noClasses().should().haveSimpleNameEndingWith("Helper"));
      check(noClasses().should().haveSimpleNameEndingWith("Manager"));
      check(noClasses().should().haveSimpleNameEndingWith("Impl"));
    }

    @Test
    void noPackageIsCalledAfterNothing() {
      check(
          noClasses()
              .should()
              .resideInAnyPackage(
                  "..util..", "..common..", "..helper..", "..impl..", "..internal.."));
    }

    @Test
    void concreteClassesAreFinalUnlessTheyAreContracts() {
      check(
          classes()
              .that()
              .areNotInterfaces()
              .and()
              .areNotEnums()
              .and()
              .doNotHaveModifier(JavaModifier.ABSTRACT)
              .and()
              .areTopLevelClasses()
              .and()
              .haveSimpleNameNotEndingWith("package-info")
              .should()
              .haveModifier(JavaModifier.FINAL));
    }
  }

  @Test
  void everyPortHasAContract() {
    List<String> ports =
        house.stream()
            .filter(type -> type.getPackageName().equals("io.smollama.core"))
            .filter(type -> type.isInterface() && type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.reflect().isSealed() && type.isTopLevelClass())
            .map(JavaClass::getSimpleName)
            .toList();
    assertThat(ports).contains("ReadingProvider", "Journal");
    for (String port : ports) {
      assertThat(house.contain("io.smollama.testkit." + port + "Contract"))
          .as("a contract for " + port)
          .isTrue();
    }
  }

  private static com.tngtech.archunit.lang.syntax.elements.ClassesShould outsideTheProgram() {
    return noClasses().that().resideOutsideOfPackage("io.smollama.cli").should();
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String method) {
    return DescribedPredicate.describe(
        "call " + owner.getSimpleName() + "." + method,
        access -> access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(method));
  }

  private static void check(ArchRule rule) {
    rule.check(house);
  }
}
