package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The Maven of this build on a local repository of its own, into which the plugin and the archetype
 * of this build were installed. Everything else it copies from the real local repository, offered
 * to it as a remote one: no download, and nothing of ours in the user's repository.
 */
final class UnderTest {
  private static final String SOURCE = "it-source";
  private static final Maven MAVEN = create();

  private UnderTest() {}

  /**
   * @return the Maven for the tests
   */
  static Maven maven() {
    return MAVEN;
  }

  /**
   * @return the folder for everything that the tests write
   */
  static Path work() {
    return Path.of(Maven.property("it.work")).toAbsolutePath();
  }

  /**
   * @return the version of the plugin and the archetype
   */
  static String version() {
    return Maven.property("it.version");
  }

  private static Maven create() {
    Path settings = work().resolve("settings.xml");
    try {
      Files.createDirectories(work());
      Document document = read(Maven.existing("it.settings"));
      letThroughMirrors(document);
      offer(document, Path.of(Maven.property("it.sourceRepository")));
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(settings.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + settings, e);
    } catch (SAXException | ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("Cannot make " + settings + " of the user's settings", e);
    }
    // The source repository is a folder: it is there offline, too.
    return Maven.ofThisBuild()
        .withSettings(settings)
        .withOptions("-Daether.offline.protocols=file", "-Dstyle.color=never");
  }

  private static Document read(Optional<Path> userSettings)
      throws IOException, SAXException, ParserConfigurationException {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    if (userSettings.isPresent()) {
      return builder.parse(userSettings.get().toFile());
    }
    Document document = builder.newDocument();
    document.appendChild(document.createElement("settings"));
    return document;
  }

  /** A mirror of everything would stand in for our folder, too. */
  private static void letThroughMirrors(Document settings) {
    NodeList mirrors = settings.getElementsByTagName("mirrorOf");
    for (int i = 0; i < mirrors.getLength(); i++) {
      mirrors.item(i).setTextContent(mirrors.item(i).getTextContent().trim() + ",!" + SOURCE);
    }
  }

  private static void offer(Document settings, Path repository) {
    Element profile = append(childOf(settings.getDocumentElement(), "profiles"), "profile");
    append(profile, "id").setTextContent(SOURCE);
    append(append(profile, "activation"), "activeByDefault").setTextContent("true");
    for (String kind : new String[] {"repository", "pluginRepository"}) {
      String plural = kind.replace("ository", "ositories");
      Element entry = append(append(profile, plural), kind);
      append(entry, "id").setTextContent(SOURCE);
      append(entry, "url").setTextContent(repository.toUri().toString());
      // A local repository keeps no checksums of what it has checked once.
      append(append(entry, "releases"), "checksumPolicy").setTextContent("ignore");
      append(append(entry, "snapshots"), "enabled").setTextContent("false");
    }
    append(childOf(settings.getDocumentElement(), "activeProfiles"), "activeProfile")
        .setTextContent(SOURCE);
  }

  private static Element childOf(Element parent, String name) {
    NodeList children = parent.getElementsByTagName(name);
    return children.getLength() > 0 ? (Element) children.item(0) : append(parent, name);
  }

  private static Element append(Element parent, String name) {
    Element child = parent.getOwnerDocument().createElementNS(parent.getNamespaceURI(), name);
    parent.appendChild(child);
    return child;
  }
}
