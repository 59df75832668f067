package dev.migrate;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.nio.file.attribute.FileAttributeView;
import java.util.List;
import java.util.Set;

/**
 * Which calls can change what is on the disk. What is only looked at is listed, so that what the
 * platform or a library learns to do tomorrow counts as a change until somebody has thought about
 * it.
 */
final class DiskAccess {
  /** Of {@link java.nio.file.Files} and {@link java.io.File}. */
  private static final Set<String> LOOKING =
      Set.of(
          "exists",
          "notExists",
          "isDirectory",
          "isRegularFile",
          "isSymbolicLink",
          "isReadable",
          "isWritable",
          "isExecutable",
          "isHidden",
          "isSameFile",
          "size",
          "getLastModifiedTime",
          "getAttribute",
          "readAttributes",
          "getFileAttributeView", // its setters are told by themselves
          "getPosixFilePermissions",
          "getOwner",
          "getFileStore",
          "list",
          "walk",
          "walkFileTree",
          "find",
          "readAllBytes",
          "readString",
          "readAllLines",
          "lines",
          "newInputStream",
          "newBufferedReader",
          "newDirectoryStream",
          "readSymbolicLink",
          "probeContentType",
          "mismatch",
          // of java.io.File
          "<init>",
          "isFile",
          "isAbsolute",
          "canRead",
          "canWrite",
          "canExecute",
          "length",
          "lastModified",
          "listFiles",
          "getName",
          "getPath",
          "getParent",
          "getParentFile",
          "getAbsolutePath",
          "getAbsoluteFile",
          "getCanonicalPath",
          "getCanonicalFile",
          "toPath",
          "toURI",
          "toString");

  /** What takes a file or a path, and does not change what is there. */
  private static final Set<String> READING =
      Set.of(
          "java.io.FileInputStream.<init>",
          "java.io.FileReader.<init>",
          "java.util.zip.ZipFile.<init>",
          "java.util.Scanner.<init>",
          "java.lang.ProcessBuilder.directory",
          "java.lang.ProcessBuilder.redirectInput",
          "java.lang.ProcessBuilder$Redirect.from");

  /** What takes the name of a file as a text, and writes to it. */
  private static final Set<String> WRITING_BY_NAME =
      Set.of(
          "java.io.FileOutputStream",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.io.PrintWriter",
          "java.io.PrintStream",
          "java.util.Formatter",
          "java.util.logging.FileHandler",
          "javax.xml.transform.stream.StreamResult");

  /** Whatever is done with them. */
  private static final Set<String> NEVER =
      Set.of("java.nio.file.spi.FileSystemProvider", "java.util.prefs.Preferences");

  private DiskAccess() {}

  /** Whether it could. */
  static boolean changes(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return false;
    }
    String owner = target.getOwner().getName();
    String name = target.getName();
    List<String> parameters = HasName.Utils.namesOf(target.getRawParameterTypes());
    if (owner.startsWith("dev.migrate.")) {
      return false;
    }
    return switch (owner) {
      case "java.nio.file.Files" ->
          !LOOKING.contains(name)
              && !(name.equals("copy") && parameters.contains("java.io.OutputStream"));
      case "java.io.File" -> !LOOKING.contains(name);
      case "java.nio.file.Path" -> false;
      case "java.nio.channels.FileChannel", "java.nio.channels.AsynchronousFileChannel" ->
          name.equals("open");
      default ->
          NEVER.contains(owner)
              || target.getOwner().isAssignableTo(FileAttributeView.class)
                  && List.of("set", "write", "delete").stream().anyMatch(name::startsWith)
              || byName(owner, name, parameters)
              || takesFile(parameters)
                  && !(READING.contains(owner + "." + name)
                      && !parameters.contains("int")); // a mode, such as to delete when closed
    };
  }

  private static boolean byName(String owner, String name, List<String> parameters) {
    return WRITING_BY_NAME.contains(owner)
        && name.equals(JavaConstructor.CONSTRUCTOR_NAME)
        && !parameters.isEmpty()
        && parameters.get(0).equals("java.lang.String");
  }

  private static boolean takesFile(List<String> parameters) {
    return parameters.contains("java.io.File") || parameters.contains("java.nio.file.Path");
  }
}
