package dev.migrate.conformance;

import dev.migrate.conformance.RoundTrip.Read;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Pairs of schemas as a server showed them, kept so that plans can be tested without one: a packed
 * file a subject. {@code -Dcorpus.write=true} lets the test that has the server write them anew.
 *
 * @param folder where they are
 */
record KeptFacts(Path folder) {
  private static final String PAIR = "=";
  private static final String OTHER_SIDE = "-";

  Map<String, Read> read() {
    Map<String, Read> facts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        read(file, facts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return facts;
  }

  private static void read(Path file, Map<String, Read> facts) throws IOException {
    String text;
    try (GZIPInputStream unpacked = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
    }
    String id = "";
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    List<String> side = from;
    for (String line : text.split("\n")) {
      if (line.startsWith(PAIR)) {
        if (!id.isEmpty()) {
          facts.put(id, new Read(SchemaText.schema(from), SchemaText.schema(to)));
        }
        id = line.substring(PAIR.length());
        from.clear();
        to.clear();
        side = from;
      } else if (line.equals(OTHER_SIDE)) {
        side = to;
      } else {
        side.add(line);
      }
    }
    facts.put(id, new Read(SchemaText.schema(from), SchemaText.schema(to)));
  }

  void write(Map<String, Read> facts) throws IOException {
    Map<String, StringBuilder> bySubject = new TreeMap<>();
    new TreeMap<>(facts)
        .forEach(
            (id, read) -> {
              String subject = id.substring(0, id.indexOf('/'));
              StringBuilder text = bySubject.computeIfAbsent(subject, key -> new StringBuilder());
              text.append(PAIR).append(id).append('\n');
              SchemaText.lines(read.from()).forEach(line -> text.append(line).append('\n'));
              text.append(OTHER_SIDE).append('\n');
              SchemaText.lines(read.to()).forEach(line -> text.append(line).append('\n'));
            });
    Files.createDirectories(folder);
    for (Map.Entry<String, StringBuilder> one : bySubject.entrySet()) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream pack = new GZIPOutputStream(packed)) {
        pack.write(one.getValue().toString().getBytes(StandardCharsets.UTF_8));
      }
      Files.write(folder.resolve(one.getKey() + ".gz"), packed.toByteArray());
    }
  }
}
