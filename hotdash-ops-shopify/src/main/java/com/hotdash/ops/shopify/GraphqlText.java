package com.hotdash.ops.shopify;

import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;

/** Reads GraphQL documents, as large as an application may inline its input into them. */
final class GraphqlText {
  // 250 items (the bound of shopify.md, section 3) of a hundred fields each, and their values.
  private static final int MOST_TOKENS = 200_000;
  private static final int MOST_CHARACTERS = 2 * 1024 * 1024;
  private static final ParserOptions OPTIONS =
      ParserOptions.newParserOptions()
          .maxCharacters(MOST_CHARACTERS)
          .maxTokens(MOST_TOKENS)
          .maxWhitespaceTokens(MOST_CHARACTERS)
          .build();

  private GraphqlText() {}

  /**
   * Reads a document.
   *
   * @throws InvalidSyntaxException if it is none, or too large
   */
  static Document parse(String document) {
    return new Parser()
        .parseDocument(
            ParserEnvironment.newParserEnvironment()
                .document(document)
                .parserOptions(OPTIONS)
                .build());
  }
}
