package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every document that stands in this module's sources can be asked of Shopify. */
class DocumentsTest {
  /** Their documents are made up, to reckon with or to be refused. */
  private static final Set<String> MADE_UP =
      Set.of("CostPredictorTest.java", "CostAgreementTest.java", "CostSpecs.java");

  // Literals that are joined; what is joined between them stands for some text.
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern JOINT = Pattern.compile("\\s*\\+\\s*(?:\\w+\\s*\\+\\s*)?");
  private static final Pattern DOCUMENT =
      Pattern.compile("(?s)\\s*(\\{\\s*[a-z]\\w*\\s*[({]|(query|mutation)\\b[^{]*\\{).*");

  @ParameterizedTest
  @ValueSource(strings = {"2026-07", "2026-10"})
  void documents_inAllSources_areValid(String version) throws IOException {
    assumeTrue(CostSpecs.find().isPresent(), "no ../shared/specs/shopify beside the project");
    var documents = documents();

    assertThat(documents.size()).isGreaterThan(10);
    assertThat(documents.values()).anyMatch(file -> file.equals("ShopDocuments.java"));
    for (var document : documents.entrySet()) {
      assertThat(CostSpecs.objections(version, document.getKey()))
          .as("%s: %s", document.getValue(), document.getKey())
          .isEmpty();
    }
  }

  private static Map<String, String> documents() throws IOException {
    var found = new TreeMap<String, String>();
    for (var root : List.of("src/main/java", "src/test/java")) {
      List<Path> files;
      try (var all = Files.walk(Path.of(root))) {
        files = all.filter(file -> file.toString().endsWith(".java")).toList();
      }
      for (var file : files) {
        var name = file.getFileName().toString();
        if (!MADE_UP.contains(name)) {
          texts(Files.readString(file)).stream()
              .filter(DocumentsTest::isDocument)
              .forEach(text -> found.putIfAbsent(text, name));
        }
      }
    }
    return found;
  }

  private static boolean isDocument(String text) {
    if (!DOCUMENT.matcher(text).matches()) {
      return false;
    }
    try {
      Parser.parse(text);
      return true;
    } catch (InvalidSyntaxException e) {
      return false; // JSON, or a piece of something
    }
  }

  private static List<String> texts(String source) {
    var texts = new ArrayList<String>();
    var text = new StringBuilder();
    var literal = LITERAL.matcher(source);
    int end = -1;
    while (literal.find()) {
      var between = end < 0 ? "" : source.substring(end, literal.start());
      if (end < 0 || !JOINT.matcher(between).matches()) {
        texts.add(text.toString());
        text.setLength(0);
      } else if (between.matches("(?s).*\\w.*")) {
        text.append('1');
      }
      text.append(literal.group(1).translateEscapes());
      end = literal.end();
    }
    texts.add(text.toString());
    // As part of a JSON text quotes are escaped once more.
    return texts.stream().map(each -> each.replace("\\\"", "\"")).toList();
  }
}
