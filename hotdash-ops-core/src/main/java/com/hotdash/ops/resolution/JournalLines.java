package com.hotdash.ops.resolution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a journal is kept: one JSON object a line, named by its {@code event}. For
 * whoever writes a journal of another kind. Thread-safe.
 */
public final class JournalLines {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.CAN_OVERRIDE_ACCESS_MODIFIERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addMixIn(JournalEntry.class, Named.class)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private JournalLines() {}

  /**
   * Writes an entry.
   *
   * @param entry the entry
   * @return one line, without its end
   * @throws JournalException if it cannot be written as JSON
   */
  public static String write(JournalEntry entry) {
    try {
      return MAPPER.writerFor(JournalEntry.class).writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new JournalException(
          "append", "the entry cannot be written as JSON", "report this as a bug", e);
    }
  }

  /**
   * Reads a line.
   *
   * @param line the line
   * @return the entry, or nothing if a crash left the line half written
   * @throws JournalException if it is whole and cannot be understood: what it tells of must not
   *     become invisible
   */
  public static Optional<JournalEntry> read(String line) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    try {
      var entry = MAPPER.treeToValue(tree, JournalEntry.class);
      if (entry != null && entry.execution() != null) {
        return Optional.of(entry);
      }
    } catch (JsonProcessingException e) {
      throw notUnderstood(e);
    }
    throw notUnderstood(null);
  }

  private static JournalException notUnderstood(@Nullable Exception cause) {
    return new JournalException(
        "read",
        "a line of the journal was written by another version of this library",
        "look at what is pending with that version, or move the journal aside",
        cause);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Started.class, name = "started"),
    @JsonSubTypes.Type(value = JournalEntry.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = JournalEntry.Kept.class, name = "kept"),
    @JsonSubTypes.Type(value = JournalEntry.Made.class, name = "made"),
    @JsonSubTypes.Type(value = JournalEntry.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = JournalEntry.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = JournalEntry.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = JournalEntry.Verified.class, name = "verified")
  })
  private interface Named {}
}
