package dev.migrate.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The goals that the plugin's descriptor names. */
public final class Goals {
  private Goals() {}

  /**
   * @return their names, without the prefix
   */
  public static List<String> all() {
    try {
      for (URL descriptor :
          Collections.list(
              Goals.class.getClassLoader().getResources("META-INF/maven/plugin.xml"))) {
        try (InputStream in = descriptor.openStream()) {
          Document plugin = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
          // In scripts of the Invoker, its own is there, too.
          if (plugin
              .getElementsByTagName("goalPrefix")
              .item(0)
              .getTextContent()
              .equals("migrate")) {
            NodeList goals = plugin.getElementsByTagName("goal");
            return Stream.iterate(0, i -> i < goals.getLength(), i -> i + 1)
                .map(goals::item)
                .filter(goal -> goal.getParentNode().getNodeName().equals("mojo"))
                .map(Node::getTextContent)
                .toList();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("The plugin's descriptor cannot be read", e);
    }
    throw new AssertionError("The plugin is not on the class path");
  }
}
