# Starts a PostgreSQL server and ends it when nobody is left who uses it. POSIX sh.
#
# usage: sh watchdog.sh FOLDER FORKS COMMAND [ARGUMENT ...]
#
# FOLDER/users   one file for each user, named PID-STARTTIME-RANDOM
# FOLDER/keep    while it exists, the server stays without users
# FOLDER/ending  exists while this script ends the server
# FORKS          "yes" if COMMAND runs the server as its child instead of becoming it
#
# It must outlive its starter, so it has a session of its own and ignores what a terminal sends.

folder=$1
forks=$2
shift 2
trap '' HUP INT QUIT

# Whether process $1, started at $2 (in the kernel's ticks, 0 if unknown), still runs.
alive() {
  if [ -r /proc/self/stat ]; then
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    began=$2
    # After the name, which may hold anything, come the state and, 19 fields on, the start time.
    set -f
    set -- ${stat##*) }
    set +f
    [ "$1" != Z ] && [ "$1" != X ] && { [ "$began" = 0 ] || [ "$began" = "${20}" ]; }
  else
    kill -0 "$1" 2>/dev/null
  fi
}

used() {
  [ -e "$folder/keep" ] && return 0
  for user in "$folder"/users/*-*-*; do
    name=${user##*/}
    pid=${name%%-*}
    rest=${name#*-}
    alive "$pid" "${rest%%-*}" && return 0
  done
  return 1
}

end() {
  { read -r pid <"$folder/data/postmaster.pid"; } 2>/dev/null || pid=$server
  if [ "$pid" = "$server" ] || [ "$forks" = yes ]; then
    kill -INT "$pid" 2>/dev/null
  fi
}

"$@" &
server=$!
server_began=0
if { read -r stat <"/proc/$server/stat"; } 2>/dev/null; then
  set -f
  set -- ${stat##*) }
  set +f
  server_began=${20}
fi

ended=
nap=1
sleep 0.1 2>/dev/null && nap=0.5

while alive "$server" "$server_began"; do
  if ! used; then
    # Someone may be registering right now: they look for this file after they have registered,
    # and we look for them once more after we have written it. One of us sees the other.
    { : >"$folder/ending"; } 2>/dev/null
    if used; then
      rm -f "$folder/ending"
    else
      ended=yes
      end
    fi
  fi
  sleep "$nap"
done
[ -n "$ended" ] && rm -f "$folder/ending"
