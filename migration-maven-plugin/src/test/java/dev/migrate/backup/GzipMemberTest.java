package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.backup.GzipMember.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pieces of a compressed backup")
class GzipMemberTest {
  private static byte[] two() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    byte[] text = "SELECT 1;\n\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(GzipMember.pack(Part.BEFORE_DATA, text, text.length, 6).packed());
    file.write(GzipMember.pack(Part.DATA, noise, noise.length, 6).packed());
    return file.toByteArray();
  }

  @Test
  @DisplayName("are what gunzip understands")
  void gunzip() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(two()))) {
      byte[] all = in.readAllBytes();
      assertThat(all).hasSize(300_011).startsWith("SELECT 1;".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  @DisplayName("are found without unpacking, and know what they are")
  void found() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(two());
    GzipMember first = GzipMember.next(in);
    GzipMember second = GzipMember.next(in);
    assertThat(first.part()).isEqualTo(Part.BEFORE_DATA);
    assertThat(new String(first.unpack(), StandardCharsets.UTF_8)).isEqualTo("SELECT 1;\n\n");
    assertThat(second.part()).isEqualTo(Part.DATA);
    assertThat(second.unpack()).hasSize(300_000);
    assertThat(GzipMember.next(in)).isNull();
  }

  @Test
  @DisplayName("refuse to be cut off or changed")
  void damaged() throws IOException {
    byte[] whole = two();
    assertThatThrownBy(
            () -> {
              ByteArrayInputStream cut = new ByteArrayInputStream(whole, 0, whole.length - 9);
              GzipMember.next(cut);
              GzipMember.next(cut);
            })
        .isInstanceOf(IOException.class);
    byte[] flipped = whole.clone();
    flipped[flipped.length / 2] ^= 1;
    ByteArrayInputStream in = new ByteArrayInputStream(flipped);
    GzipMember.next(in);
    GzipMember second = GzipMember.next(in);
    assertThatThrownBy(second::unpack).isInstanceOf(IOException.class);
  }
}
