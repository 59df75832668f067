package dev.migrate.files;

import java.io.IOException;

/**
 * Listener for every file-system operation, a hook for fault-injection tests. Tests end the process
 * here, or fill the disk.
 */
interface DiskListener {
  /** Lets everything happen. */
  DiskListener NONE =
      new DiskListener() {
        @Override
        public int before(DiskOperation operation, int bytes) {
          return bytes;
        }

        @Override
        public void after(DiskOperation operation) {}
      };

  /**
   * @param operation what is about to happen
   * @param bytes how many are to be written; 0 when it writes none
   * @return how many of them get to the disk
   * @throws IOException when the disk refuses
   */
  int before(DiskOperation operation, int bytes) throws IOException;

  /**
   * @param operation what has happened
   * @throws IOException when the disk refuses after all
   */
  void after(DiskOperation operation) throws IOException;
}
