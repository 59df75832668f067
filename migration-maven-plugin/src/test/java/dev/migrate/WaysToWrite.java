package dev.migrate;

import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Formatter;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.zip.ZipFile;
import javax.xml.transform.stream.StreamResult;
import org.apache.commons.compress.archivers.tar.TarFile;

/** Every way past the one door, one a method; never run. Those that only look begin with "see". */
final class WaysToWrite {
  private final Path path = Path.of("never");
  private final File file = new File("never");

  void write() throws IOException {
    Files.write(path, new byte[0]);
  }

  void writeString() throws IOException {
    Files.writeString(path, "");
  }

  void newWriter() throws IOException {
    Files.newBufferedWriter(path).close();
  }

  void newOutput() throws IOException {
    Files.newOutputStream(path).close();
  }

  void newChannel() throws IOException {
    Files.newByteChannel(path, StandardOpenOption.WRITE).close();
  }

  void copyStream(InputStream in) throws IOException {
    Files.copy(in, path);
  }

  void copy() throws IOException {
    Files.copy(path, path);
  }

  void move() throws IOException {
    Files.move(path, path);
  }

  void delete() throws IOException {
    Files.delete(path);
  }

  void deleteByReference() {
    List.of(file).forEach(File::delete);
  }

  void deleteInStream() throws IOException {
    Files.walk(path).map(Path::toFile).forEach(File::deleteOnExit);
  }

  void temporary() throws IOException {
    Files.createTempFile("a", "b");
  }

  void temporaryFolder() throws IOException {
    Files.createTempDirectory("a");
  }

  void links() throws IOException {
    Files.createLink(path, path);
  }

  void symbolicLinks() throws IOException {
    Files.createSymbolicLink(path, path);
  }

  void folders() throws IOException {
    Files.createDirectories(path);
  }

  void permissions() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  void attribute() throws IOException {
    Files.setAttribute(path, "unix:uid", 0);
  }

  void attributeView() throws IOException {
    FileTime now = FileTime.fromMillis(0);
    Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(now, now, now);
  }

  void extendedAttribute() throws IOException {
    Files.getFileAttributeView(path, UserDefinedFileAttributeView.class).delete("a");
  }

  void provider() throws IOException {
    path.getFileSystem().provider().delete(path);
  }

  void archive() throws IOException {
    FileSystems.newFileSystem(path).close();
  }

  void fileCreate() throws IOException {
    file.createNewFile();
  }

  void fileMake() {
    path.toFile().mkdirs();
  }

  void fileRename() {
    path.toFile().renameTo(file);
  }

  void fileMode() {
    file.setReadOnly();
  }

  void fileTemporary() throws IOException {
    File.createTempFile("a", "b");
  }

  void channel() throws IOException {
    FileChannel.open(path, StandardOpenOption.WRITE).close();
  }

  void asynchronously() throws IOException {
    AsynchronousFileChannel.open(path, StandardOpenOption.WRITE).close();
  }

  void randomAccess() throws IOException {
    new RandomAccessFile("never", "rw").close();
  }

  void randomAccessFile() throws IOException {
    new RandomAccessFile(file, "rw").close();
  }

  void output() throws IOException {
    new FileOutputStream("never").close();
  }

  void outputFile() throws IOException {
    new FileOutputStream(file, true).close();
  }

  void writer() throws IOException {
    new FileWriter("never").close();
  }

  void printWriter() throws IOException {
    new PrintWriter(file).close();
  }

  void printWriterByName() throws IOException {
    new PrintWriter("never").close();
  }

  void printStream() throws IOException {
    new PrintStream("never").close();
  }

  void formatter() throws IOException {
    new Formatter("never").close();
  }

  void log() throws IOException {
    new FileHandler("never").close();
  }

  void xml() {
    new StreamResult(file);
  }

  void xmlByName() {
    new StreamResult("never");
  }

  void openToDelete() throws IOException {
    new ZipFile(file, ZipFile.OPEN_READ | ZipFile.OPEN_DELETE).close();
  }

  void redirected() {
    new ProcessBuilder("true").redirectOutput(file);
  }

  void redirectedErrors() {
    new ProcessBuilder("true").redirectError(file);
  }

  void redirectTo() {
    ProcessBuilder.Redirect.to(file);
  }

  void redirectAppending() {
    ProcessBuilder.Redirect.appendTo(file);
  }

  void library() throws IOException {
    new TarFile(file).close();
  }

  void seeContent(OutputStream out) throws IOException {
    Files.copy(path, out);
    Files.readString(path);
    Files.readAllBytes(path);
    Files.newInputStream(path).close();
  }

  void seeNames() throws IOException {
    Files.list(path).close();
    Files.walk(path).map(Path::toFile).map(File::getName).close();
    file.listFiles();
  }

  void seeState() throws IOException {
    Files.exists(path);
    Files.size(path);
    Files.getPosixFilePermissions(path);
    Files.getFileStore(path).getUsableSpace();
  }

  void seeArchive() throws IOException {
    new ZipFile(file).close();
  }

  void seeOutput(OutputStream out) {
    new PrintStream(out).flush();
    new PrintWriter(out).flush();
  }

  void seeProgram() throws IOException {
    new ProcessBuilder("true").directory(file).redirectErrorStream(true).start();
  }
}
