package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.agent.Look.Refusal;
import io.smollama.core.SourceId;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.Provenance;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which of the things that a model wrote in one look are kept; each of the others is
 * counted with the reason. One thread at a time.
 */
final class LookJudge {
  private static final int MOST_OBSERVATIONS = 3;
  private static final int MOST_FACTS = 2;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 240;
  private static final double SURE_OF_A_MODEL = 0.6;
  private static final double UNSAID = 0.5;
  private static final int DAYS_BORNE_OUT = 7;

  private final LookMaterial material;
  private final String model;
  private final String told;
  private final Set<String> said = new HashSet<>();
  private final Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);

  /**
   * A judge of one look.
   *
   * @param model who wrote it
   * @param before what was noted a short time ago
   */
  LookJudge(LookMaterial material, String model, List<String> before) {
    this.material = material;
    this.model = model;
    this.told = likeness(material.all());
    before.forEach(text -> said.add(likeness(text)));
  }

  Map<Refusal, Integer> refused() {
    return refused;
  }

  List<NewObservation> observations(List<JsonNode> items) {
    List<NewObservation> kept = new ArrayList<>();
    for (JsonNode item : items) {
      if (kept.size() == MOST_OBSERVATIONS) {
        refuse(Refusal.TOO_MANY);
      } else {
        observation(item).ifPresent(kept::add);
      }
    }
    return kept;
  }

  private Optional<NewObservation> observation(JsonNode item) {
    Optional<List<SourceId>> about = sources(first(item, "sources", "related_sources", "source"));
    if (about.isEmpty()) {
      return refuse(Refusal.UNKNOWN_SOURCE);
    }
    String type = item.path("type").asText("").toLowerCase(Locale.ROOT).strip();
    return words(item, "text", "observation")
        .map(
            text ->
                new NewObservation(
                    text,
                    ObservationType.ofWord(type)
                        .filter(LookFormat.TYPES::contains)
                        .orElse(ObservationType.GENERAL),
                    confidence(item),
                    about.get(),
                    Provenance.MODEL))
        .map(noted -> noted.tagged(tags()))
        .map(noted -> material.outside() ? noted.fromOutside() : noted);
  }

  List<NewMemory> facts(List<JsonNode> items, MemoryStore store, Instant now, ZoneId zone) {
    List<NewMemory> kept = new ArrayList<>();
    for (JsonNode item : items) {
      if (kept.size() == MOST_FACTS) {
        refuse(Refusal.TOO_MANY);
      } else {
        fact(item, store, now, zone).ifPresent(kept::add);
      }
    }
    return kept;
  }

  /** A number holds for a moment: a fact that states one needs a claim that can be tested. */
  private Optional<NewMemory> fact(JsonNode item, MemoryStore store, Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    Optional<ReadingClaim> claim = WrittenClaim.read(item.path("claim"), material.sources(), today);
    boolean proven = claim.isPresent() && isBorneOut(claim.get(), store, now, zone);
    boolean claims = item.path("claim").isObject() || hasDigit(item);
    if (claims && !proven) {
      return refuse(Refusal.NOT_BORNE_OUT);
    }
    return words(item, "text", "fact")
        .map(text -> new NewMemory(text, confidence(item), Provenance.MODEL).tagged(tags()))
        .map(fact -> claim.map(of -> of.attachedTo(fact)).orElse(fact))
        .map(fact -> material.outside() ? fact.fromOutside() : fact);
  }

  private static boolean hasDigit(JsonNode item) {
    String text = item.isTextual() ? item.asText() : first(item, "text", "fact").asText("");
    return text.chars().anyMatch(Character::isDigit);
  }

  /** Some day of the last week confirms it, and none refutes it. */
  private static boolean isBorneOut(
      ReadingClaim claim, MemoryStore store, Instant now, ZoneId zone) {
    LocalDate day = ClaimResult.lastWhole(claim, now, zone);
    boolean confirmed = false;
    for (int back = 0; back < DAYS_BORNE_OUT; back++) {
      switch (ClaimResult.of(claim, day.minusDays(back), store.readings(), zone).verdict()) {
        case CONFIRMED -> confirmed = true;
        case REFUTED -> {
          return false;
        }
        case STALE -> {}
      }
    }
    return confirmed;
  }

  /** The words of an item that is a text or has one, if they may be kept. */
  private Optional<String> words(JsonNode item, String... keys) {
    JsonNode node = item.isTextual() ? item : first(item, keys);
    String text = node.isTextual() ? node.asText().replaceAll("[\\s\\p{Cntrl}]+", " ").strip() : "";
    boolean sentence = text.length() >= SHORTEST && text.indexOf(' ') > 0;
    if (!sentence || text.length() > LONGEST) {
      return refuse(Refusal.UNREADABLE);
    }
    Optional<String> borneOut = GroundedWords.ofTalk(text, material.told(), "");
    if (borneOut.filter(kept -> kept.length() >= SHORTEST).isEmpty()) {
      return refuse(Refusal.MADE_UP);
    }
    String like = likeness(borneOut.get());
    if (material.isOfTheExample(like)) {
      return refuse(Refusal.MADE_UP);
    }
    return !told.contains(like) && said.add(like) ? borneOut : refuse(Refusal.REPEATED);
  }

  /** The offered sources among those that are named; empty if none of them was offered. */
  private Optional<List<SourceId>> sources(JsonNode named) {
    List<SourceId> kept = new ArrayList<>();
    List<JsonNode> all = new ArrayList<>();
    if (named.isArray()) {
      named.forEach(all::add);
    } else if (named.isTextual() && !named.asText().isBlank()) {
      all.add(named);
    }
    for (JsonNode one : all) {
      material.sources().stream()
          .filter(source -> source.toString().equals(one.asText().strip()))
          .filter(source -> !kept.contains(source))
          .findFirst()
          .ifPresent(kept::add);
    }
    return all.isEmpty() || !kept.isEmpty() ? Optional.of(kept) : Optional.empty();
  }

  private static JsonNode first(JsonNode item, String... keys) {
    for (String key : keys) {
      if (item.has(key)) {
        return item.path(key);
      }
    }
    return item.path(keys[0]);
  }

  private static double confidence(JsonNode item) {
    double stated = item.path("confidence").asDouble(UNSAID);
    double share = stated > 1 && stated <= 100 ? stated / 100 : stated;
    return share >= 0 && share <= 1 ? Math.min(SURE_OF_A_MODEL, share) : UNSAID;
  }

  private List<String> tags() {
    return List.of(model.length() <= 58 ? "model:" + model : "model:" + model.substring(0, 58));
  }

  /** The letters of a text: the same sentence with other figures is said again soon enough. */
  private static String likeness(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]+", " ").strip();
  }

  private <T> Optional<T> refuse(Refusal why) {
    refused.merge(why, 1, Integer::sum);
    return Optional.empty();
  }
}
