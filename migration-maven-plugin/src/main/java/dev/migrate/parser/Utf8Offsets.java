package dev.migrate.parser;

import java.nio.charset.StandardCharsets;

/**
 * Converts UTF-8 byte offsets into character offsets: the parser counts bytes, everybody else here
 * characters.
 */
record Utf8Offsets(String text) {
  int character(int bytes) {
    int seen = 0;
    int at = 0;
    while (at < text.length() && seen < bytes) {
      int point = text.codePointAt(at);
      seen += new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
      at += Character.charCount(point);
    }
    return at;
  }

  /** PostgreSQL's error positions count characters (code points) from 1. */
  int ofPosition(int position) {
    int points = Math.max(0, Math.min(position - 1, text.codePointCount(0, text.length())));
    return text.offsetByCodePoints(0, points);
  }
}
