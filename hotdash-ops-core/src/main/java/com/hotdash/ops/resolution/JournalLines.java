package com.hotdash.ops.resolution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The journal's form on disk: one JSON object a line, named by its {@code event}. */
final class JournalLines {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.CAN_OVERRIDE_ACCESS_MODIFIERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addMixIn(JournalEntry.class, Named.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new InstantOut())
                  .addDeserializer(Instant.class, new InstantIn()))
          .build();

  private JournalLines() {}

  static String write(JournalEntry entry) {
    try {
      return MAPPER.writerFor(JournalEntry.class).writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new JournalException(
          "append", "the entry cannot be written as JSON", "report this as a bug", e);
    }
  }

  /** Reads a line, or nothing if a crash left it half written. */
  static Optional<JournalEntry> read(String line) {
    try {
      return Optional.of(MAPPER.readValue(line, JournalEntry.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Started.class, name = "started"),
    @JsonSubTypes.Type(value = JournalEntry.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = JournalEntry.Made.class, name = "made"),
    @JsonSubTypes.Type(value = JournalEntry.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = JournalEntry.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = JournalEntry.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = JournalEntry.Verified.class, name = "verified")
  })
  private interface Named {}

  private static final class InstantOut extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantOut() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class InstantIn extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantIn() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Instant.parse(in.getText());
    }
  }
}
