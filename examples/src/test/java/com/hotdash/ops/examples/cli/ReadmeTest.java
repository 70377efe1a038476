package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows is what the library and the command line take. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");

  /** What the examples leave to the reader. */
  private static final String GIVEN =
      "static RunbookProcedures ops; static long id; static String url; static String incident;";

  private static final List<String> PACKAGES =
      List.of(
          "com.hotdash.ops.app",
          "com.hotdash.ops.catalogue",
          "com.hotdash.ops.diagnosis",
          "com.hotdash.ops.evidence",
          "com.hotdash.ops.fly",
          "com.hotdash.ops.github",
          "com.hotdash.ops.logs",
          "com.hotdash.ops.monitor",
          "com.hotdash.ops.pipeline",
          "com.hotdash.ops.postgres",
          "com.hotdash.ops.resolution",
          "com.hotdash.ops.runbook",
          "com.hotdash.ops.secret",
          "java.nio.file",
          "java.time");

  @TempDir private Path directory;

  static Stream<String> javaExamples() throws IOException {
    return blocks("```java\n(.*?)```");
  }

  @ParameterizedTest
  @MethodSource("javaExamples")
  void java_eachExample_compiles(String example) {
    assertThat(compiled(example)).isEmpty();
  }

  @Test
  void jshell_session_compiles() throws IOException {
    var typed =
        blocks("```\n(jshell .*?)```")
            .flatMap(String::lines)
            .filter(line -> line.startsWith("ops> "))
            .map(line -> line.substring("ops> ".length()) + ";")
            .toList();

    assertThat(typed).hasSize(5).allMatch(line -> line.length() <= 100);
    assertThat(compiled(String.join("\n", typed))).isEmpty();
  }

  static Stream<String> commands() throws IOException {
    return blocks("```\n(java -jar hotdash-ops.jar .*?)```").flatMap(String::lines);
  }

  /** Understood as far as it can be where nothing is configured. */
  @ParameterizedTest
  @MethodSource("commands")
  void commandLine_eachExample_isUnderstood(String line) {
    var words =
        Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+")
            .matcher(
                line.replace("<digest>", "0123456789abcdef")
                    .replace("<id>", "4711")
                    .replace("<execution>", "t0-abcd"))
            .results()
            .map(word -> word.group().replace("\"", ""))
            .toList();

    var ran =
        Ran.in(
            Map.of(
                "HOTDASH_OPS_OPERATOR",
                "sam",
                "HOTDASH_OPS_JOURNAL",
                directory.resolve("journal.jsonl").toString()),
            words.subList(3, words.size()).toArray(String[]::new));

    assertThat(words.subList(0, 3)).containsExactly("java", "-jar", "hotdash-ops.jar");
    assertThat(ran.err()).doesNotContain("Try: ", "report this");
  }

  private static Stream<String> blocks(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(Files.readString(README))
        .results()
        .map(block -> block.group(1));
  }

  /** Returns what the compiler says against it. */
  private String compiled(String statements) {
    var source =
        PACKAGES.stream().map(each -> "import " + each + ".*;\n").collect(Collectors.joining())
            + "class Example { "
            + GIVEN
            + " void run() throws Exception {\n"
            + statements
            + "\n} }";
    var unit =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var said = new StringWriter();
    var task =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-d",
                    directory.toString()),
                null,
                List.of(unit));
    return task.call() ? "" : said.toString();
  }
}
