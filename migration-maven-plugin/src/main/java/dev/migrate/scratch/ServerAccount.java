package dev.migrate.scratch;

import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operating-system account that the server runs under. PostgreSQL refuses to run as root; an
 * ordinary user runs it as themselves.
 *
 * @param prefix what to put before a command line, empty for an ordinary user
 * @param owner the number of the user that must own the data folder
 * @param group the number of its group
 * @param forks whether the prefix starts the command as a child instead of becoming it
 */
record ServerAccount(List<String> prefix, int owner, int group, boolean forks) {
  /** Marks an owner that we neither know nor have to care about. */
  private static final int ANY = -1;

  ServerAccount {
    prefix = List.copyOf(prefix);
  }

  private static final class Current {
    static final Optional<ServerAccount> ACCOUNT = find();
  }

  /**
   * @return how to start PostgreSQL from this process
   * @throws MigrateException when this is root and no way to step down works
   */
  static ServerAccount current() {
    return Current.ACCOUNT.orElseThrow(ServerAccount::noWayDown);
  }

  private static Optional<ServerAccount> find() {
    return isRoot() ? steppingDown() : Optional.of(new ServerAccount(List.of(), ANY, ANY, false));
  }

  private static boolean isRoot() {
    if (Platform.isWindows()) {
      return false;
    }
    try {
      return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
    } catch (IOException noProc) {
      return System.getProperty("user.name").equals("root");
    }
  }

  private static Optional<ServerAccount> steppingDown() {
    // In a user namespace of its own root is nobody to itself, and stays the owner of its files.
    List<String> unshare = List.of("unshare", "-U");
    if (works(unshare)) {
      return Optional.of(new ServerAccount(unshare, 0, 0, false));
    }
    return asNobody();
  }

  /** As in a container without user namespaces: another user, who must own the data folder. */
  static Optional<ServerAccount> asNobody() {
    int uid = number("-u");
    int gid = number("-g");
    if (uid <= 0) {
      return Optional.empty();
    }
    List<String> setpriv = List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
    // The home of root is closed to others; this one capability opens the way to our folders.
    List<String> through = new ArrayList<>(setpriv);
    through.addAll(
        List.of(
            "--securebits=+no_setuid_fixup", // without it, access(2) forgets the capability
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=+dac_override"));
    return Stream.of(
            new ServerAccount(through, uid, gid, false),
            new ServerAccount(setpriv, uid, gid, false),
            new ServerAccount(List.of("runuser", "-u", "nobody", "--"), uid, gid, true),
            new ServerAccount(
                List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec \"$0\" \"$@\"", "--"),
                uid,
                gid,
                true))
        .filter(account -> works(account.prefix()))
        .findFirst();
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", "test \"$(id -u)\" != 0"));
    return SystemCommand.works(command);
  }

  private static int number(String which) {
    try {
      SystemCommand.Result id = SystemCommand.run(Path.of("/"), List.of("id", which, "nobody"));
      return id.ok() ? Integer.parseInt(id.output()) : ANY;
    } catch (IOException | NumberFormatException unknown) {
      return ANY;
    }
  }

  private static MigrateException noWayDown() {
    return ScratchFailure.embedded(
        "PostgreSQL refuses to run as root, and none of unshare, setpriv, runuser and su lets it"
            + " run as somebody else here.",
        "Run Maven as an ordinary user");
  }

  /** A command line that runs as this account. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return List.copyOf(all);
  }

  /**
   * Lets this account pass through a folder that root has made, if it is another user.
   *
   * @return the folder
   */
  Path admit(Path folder) throws IOException {
    if (owner > 0) {
      Disk.permit(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
    return folder;
  }

  /** Takes a folder back from this account. */
  void disown(Path folder) throws IOException {
    if (owner > 0) {
      FileTree.chown(folder, 0, 0);
    }
  }

  /** Makes a folder, and all in it, this account's; does nothing where it is so already. */
  void own(Path folder) throws IOException {
    if (owner == ANY) {
      return;
    }
    Object now = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!Objects.equals(now, owner)) {
      FileTree.chown(folder, owner, group);
    }
  }
}
