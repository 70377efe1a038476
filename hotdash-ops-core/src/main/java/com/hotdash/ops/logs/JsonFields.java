package com.hotdash.ops.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of one JSON object, by dotted path. What stands before a fault in the text is kept.
 */
final class JsonFields {
  private static final int MOST = 200;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(CleanText.LONGEST)
                  .maxNumberLength(100)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private JsonFields() {}

  static Map<String, String> of(String text) {
    var fields = new LinkedHashMap<String, String>();
    try (var parser = JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        object(parser, "", fields);
      }
    } catch (IOException e) {
      // A line that was cut still tells its level and its time: what was read so far stands.
      return fields;
    }
    return fields;
  }

  private static void object(JsonParser parser, String path, Map<String, String> fields)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = path + parser.currentName();
      var token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object(parser, name + ".", fields);
      } else if (token == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else if (token != null && token != JsonToken.VALUE_NULL && fields.size() < MOST) {
        // The first of two equal keys counts, as in the scan of raw bytes.
        fields.putIfAbsent(name, parser.getText());
      }
    }
  }
}
