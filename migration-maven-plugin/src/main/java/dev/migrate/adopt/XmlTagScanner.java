package dev.migrate.adopt;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Scanner for the tags of an XML document with their exact character offsets, which the JDK's
 * parsers do not tell: theirs are wrong near the end of a text.
 */
final class XmlTagScanner {
  private XmlTagScanner() {}

  /** Begins an element, ends it, or is both. */
  enum Kind {
    START,
    END,
    EMPTY
  }

  /**
   * @param kind what it does
   * @param name of the element
   * @param start where it begins
   * @param end what follows it
   */
  record Tag(Kind kind, String name, int start, int end) {}

  /**
   * @param text a document
   * @return its tags, in order
   * @throws XMLStreamException if it is not well-formed
   */
  static List<Tag> of(String text) throws XMLStreamException {
    requireWellFormed(text);
    List<Tag> tags = new ArrayList<>();
    int at = text.indexOf('<');
    while (at >= 0) {
      int end;
      if (text.startsWith("<!--", at)) {
        end = text.indexOf("--", at + 4) + 3; // nowhere else in a comment are two dashes
      } else if (text.startsWith("<![CDATA[", at)) {
        end = text.indexOf("]]>", at) + 3;
      } else if (text.startsWith("<?", at)) {
        end = text.indexOf("?>", at) + 2;
      } else if (text.startsWith("<!", at)) {
        throw new XMLStreamException("a document type is not expected here");
      } else {
        end = end(text, at);
        tags.add(tag(text, at, end));
      }
      at = text.indexOf('<', end);
    }
    return tags;
  }

  private static void requireWellFormed(String text) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(unmarked));
    while (reader.hasNext()) {
      reader.next();
    }
  }

  /** A value in quotes may hold what ends a tag elsewhere. */
  private static int end(String text, int start) {
    char quote = 0;
    int at = start;
    while (quote != 0 || text.charAt(at) != '>') {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
      at++;
    }
    return at + 1;
  }

  private static Tag tag(String text, int start, int end) {
    boolean closing = text.charAt(start + 1) == '/';
    boolean empty = text.charAt(end - 2) == '/';
    String name =
        text.substring(start + (closing ? 2 : 1), end - (empty ? 2 : 1)).split("\\s", 2)[0];
    return new Tag(closing ? Kind.END : empty ? Kind.EMPTY : Kind.START, name, start, end);
  }
}
