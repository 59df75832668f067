package dev.migrate.it;

/**
 * A {@code docker} for pages that are tried where there is none: it takes the few commands that our
 * pages tell people to type, holds their services against the compose file, and runs on this
 * machine what would run in the container. That the containers themselves work is not shown by
 * this.
 */
final class StandInDocker {
  static final String SCRIPT =
      """
      #!/bin/bash
      set -eu
      [ "$1" = compose ] || { echo "Not understood: docker $*" >&2; exit 2; }
      shift
      file=compose.yaml
      if [ "$1" = -f ]; then file=$2; shift 2; fi
      [ -f "$file" ] || { echo "There is no $file" >&2; exit 2; }
      verb=$1
      shift
      while [ $# -gt 0 ]; do
        case $1 in -*) shift ;; *) break ;; esac
      done
      [ $# -eq 0 ] || grep -q "^  $1:" "$file" || { echo "No service $1 in $file" >&2; exit 2; }
      case $verb in
        up | stop | restart | build) echo "docker compose $verb $*" ;;
        run)
          service=$1
          shift
          [ "$service" = migrate ] || { echo "Not understood: run $service" >&2; exit 2; }
          case $1 in
            *:*) exec mvn -B "$@" ;;
            *) exec ./migrate "$@" ;;
          esac
          ;;
        exec)
          service=$1
          shift
          case $1 in
            psql | touch | rm) echo "docker compose exec $service $*" ;;
            *) echo "Not understood: exec $*" >&2; exit 2 ;;
          esac
          ;;
        *) echo "Not understood: docker compose $verb" >&2; exit 2 ;;
      esac
      """;

  private StandInDocker() {}
}
