package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@DisplayName("The archive with the binaries")
class BinaryArchiveTest {
  @TempDir Path temp;

  @Test
  @DisplayName("is unpacked with its folders, links and permissions")
  void unpacks() throws IOException {
    Path jar =
        jar(
            tar -> {
              file(tar, "bin/postgres", 0755, "server");
              file(tar, "share/notes", 0600, "text");
              link(tar, "lib/libpq.so", "libpq.so.5", TarConstants.LF_SYMLINK);
              link(tar, "share/same", "share/notes", TarConstants.LF_LINK);
            });

    Path folder = Files.createDirectory(temp.resolve("to"));
    BinaryArchive.unpack(jar, folder);

    assertThat(folder.resolve("bin/postgres")).hasContent("server");
    assertThat(mode("to/bin/postgres")).isEqualTo("rwxr-xr-x");
    assertThat(mode("to/share/notes")).isEqualTo("rw-r--r--");
    assertThat(Files.readSymbolicLink(folder.resolve("lib/libpq.so")))
        .isEqualTo(Path.of("libpq.so.5"));
    assertThat(folder.resolve("share/same")).hasContent("text");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"../evil", "a/../../evil", "/tmp/evil"})
  @DisplayName("cannot write outside of its folder")
  void entriesStayInside(String name) throws IOException {
    Path jar = jar(tar -> file(tar, name, 0644, "evil"));
    refused(jar);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"..", "../..", "/tmp"})
  @DisplayName("cannot link to the outside and write through the link")
  void linksStayInside(String aim) throws IOException {
    Path jar =
        jar(
            tar -> {
              link(tar, "out", aim, TarConstants.LF_SYMLINK);
              file(tar, "out/evil", 0644, "evil");
            });
    refused(jar);
  }

  private void refused(Path jar) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("to"));
    assertThatThrownBy(() -> BinaryArchive.unpack(jar, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("points out of the archive");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("must be in the jar")
  void missing() throws IOException {
    Path jar = temp.resolve("empty.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("META-INF/"));
    }
    assertThatThrownBy(() -> BinaryArchive.unpack(jar, temp)).hasMessageContaining("no .txz");
  }

  private interface Filler {
    void fill(TarArchiveOutputStream tar) throws IOException;
  }

  private Path jar(Filler filler) throws IOException {
    Path jar = temp.resolve("binaries.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("postgres-test.txz"));
      OutputStream xz = new XZOutputStream(zip, new LZMA2Options(0));
      try (TarArchiveOutputStream tar = new TarArchiveOutputStream(xz)) {
        filler.fill(tar);
      }
    }
    return jar;
  }

  private static void file(TarArchiveOutputStream tar, String name, int mode, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String aim, byte type)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(aim);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(file)));
  }
}
