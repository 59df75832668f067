package ${package}.config;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes guessing passwords slow: after some wrong ones in a row, a name and an address have to wait,
 * each time twice as long. The answer while they wait says nothing of the password, which is not
 * even looked at.
 *
 * <p>Somebody who has logged in from an address before is counted alone there, so that nobody can
 * lock others out by guessing at their names.
 */
final class LoginGuard {
  private static final int FREE_GUESSES = 5;

  /** Many people may be behind one address. */
  private static final int FREE_GUESSES_OF_ADDRESS = 30;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final int MOST = 20_000;

  private final InstantSource clock;
  private final Map<String, Guesses> guesses = limited();
  private final Map<String, Boolean> welcome = limited();

  LoginGuard(InstantSource clock) {
    this.clock = clock;
  }

  /** Wrong passwords in a row, and when the last one came. */
  private record Guesses(int count, Instant last) {}

  /** What is counted, and how often it is free. */
  private record Counter(String key, int free) {}

  /**
   * Counts an attempt before its password is looked at, so that a hundred at once are a hundred.
   *
   * @throws TooManyGuessesException if this name, or this address, has to wait
   */
  synchronized void begin(String name, String address) {
    Instant now = clock.instant();
    List<Counter> counters = counters(name, address);
    for (Counter counter : counters) {
      Guesses before = recent(counter.key(), now);
      Instant until = before.last().plus(pause(before.count() - counter.free()));
      if (until.isAfter(now)) {
        throw new TooManyGuessesException(Duration.between(now, until));
      }
    }
    for (Counter counter : counters) {
      guesses.put(counter.key(), new Guesses(recent(counter.key(), now).count() + 1, now));
    }
  }

  /** The password was right: what was counted for it does not count. */
  synchronized void succeeded(String name, String address) {
    for (Counter counter : counters(name, address)) {
      Guesses counted = guesses.get(counter.key());
      boolean ofAddress = counter.free() == FREE_GUESSES_OF_ADDRESS;
      if (ofAddress && counted != null && counted.count() > 1) {
        // A password of one's own does not make up for guesses at others.
        guesses.put(counter.key(), new Guesses(counted.count() - 1, counted.last()));
      } else {
        guesses.remove(counter.key());
      }
    }
    welcome.put(pair(name, address), true);
  }

  private List<Counter> counters(String name, String address) {
    String pair = pair(name, address);
    return welcome.containsKey(pair)
        ? List.of(new Counter(pair, FREE_GUESSES))
        : List.of(
            new Counter("name " + folded(name), FREE_GUESSES),
            new Counter("address " + network(address), FREE_GUESSES_OF_ADDRESS));
  }

  private Guesses recent(String key, Instant now) {
    Guesses before = guesses.get(key);
    return before == null || before.last().plus(FORGOTTEN_AFTER).isBefore(now)
        ? new Guesses(0, Instant.EPOCH)
        : before;
  }

  private static Duration pause(int tooMany) {
    if (tooMany < 0) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(tooMany, 20));
    return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
  }

  private static String pair(String name, String address) {
    return "pair " + network(address) + " " + folded(name);
  }

  private static String folded(String name) {
    String folded = name.strip().toLowerCase(Locale.ROOT);
    return folded.length() > 100 ? folded.substring(0, 100) : folded;
  }

  /** Whoever has one address of IPv6 has all that begin with the same 64 bits. */
  private static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      StringBuilder network = new StringBuilder();
      for (int i = 0; i < Math.min(8, bytes.length); i++) {
        network.append("%02x".formatted(bytes[i]));
      }
      return network.toString();
    } catch (java.net.UnknownHostException e) {
      return address;
    }
  }

  private static <V> Map<String, V> limited() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
