# What bin/assay, bin/build and bin/test share: messages, and finding Java, Maven and the jars.
# Sourced; expects `home`, the installation's folder.

jar=$home/app/target/assay.jar
archive=$home/app/target/assay.jsa # classes, prepared for the JVM

s3_client=$home/s3-client/target/jars # Hadoop's client of S3, where it was fetched

thrift_server=$home/thrift-server/target/jars # Spark's Thrift server, where it was built

# How commands without Spark are run; standard out is theirs, so the JVM is told to be silent.
plain_options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -Xshare:auto -Xlog:disable)
plain_classpath() {
  local folders=("$home"/spark-home/target/spark-*/jars)
  printf '%s' "$jar:${folders[0]}/*"
}

# Whether classes were prepared for another jar than this: a build by Maven alone does not do it.
classes_are_stale() { [[ ! $archive -nt $jar ]]; }

# Commands without Spark answer sooner when the JVM finds its classes prepared. It is no matter if this
# fails: they run without, and it is not tried again for this jar.
prepare_classes() {
  [[ -w ${archive%/*} ]] || return 0
  local fresh=$archive.$$
  "$JAVA_HOME/bin/java" "${plain_options[@]}" -XX:ArchiveClassesAtExit="$fresh" "-Dassay.home=$home" \
    -cp "$(plain_classpath)" io.assay.app.cli.Main status >/dev/null 2>&1 || true
  [[ -f $fresh ]] || : >"$fresh"
  mv -f -- "$fresh" "$archive"
}

# Says something to people; standard out is for answers.
say() { printf 'assay: %s\n' "$*" >&2; }

# die CODE MESSAGE…
die() {
  local code=$1
  shift
  say "$@"
  exit "$code"
}

# Whether a folder holds a Java 17: told by its release file, or else by asking it.
is_java_17() {
  [[ -x $1/bin/java ]] || return 1
  if [[ -r $1/release ]]; then
    [[ $(<"$1/release") =~ JAVA_VERSION=\"17[.\"] ]]
  else
    [[ $("$1/bin/java" -version 2>&1) =~ version\ \"17[.\"] ]]
  fi
}

# Sets and exports JAVA_HOME: as given, of the java on the PATH, or from the usual places.
find_java() {
  local folder java place
  local candidates=()
  [[ -z ${JAVA_HOME:-} ]] || candidates+=("$JAVA_HOME")
  if java=$(type -P java); then
    [[ -L $java ]] && java=$(readlink -f "$java")
    candidates+=("${java%/bin/java}")
  fi
  local places=${ASSAY_JDK_FOLDERS-/usr/lib/jvm:/usr/java:/opt:/opt/java:/Library/Java/JavaVirtualMachines:${HOME:-}/.sdkman/candidates/java:${HOME:-}/.jdks}
  local IFS=:
  for place in $places; do
    for folder in "$place"/*; do
      candidates+=("$folder" "$folder/Contents/Home")
    done
  done
  for folder in "${candidates[@]}"; do
    if is_java_17 "$folder"; then
      export JAVA_HOME=$folder
      return
    fi
  done
  die 1 "no Java 17 was found: install a JDK 17 (Debian: apt install openjdk-17-jdk-headless), or set JAVA_HOME to one"
}

# Sets `maven`; what it needs of the JDK is checked too.
find_maven() {
  [[ -x $JAVA_HOME/bin/javac ]] ||
    die 1 "$JAVA_HOME runs Java but cannot compile it: install a JDK 17 (Debian: apt install openjdk-17-jdk-headless)"
  if [[ -n ${MAVEN_HOME:-} && -x $MAVEN_HOME/bin/mvn ]]; then
    maven=$MAVEN_HOME/bin/mvn
  else
    maven=$(type -P mvn) ||
      die 1 "Maven was not found, and Assay must be built: install Maven 3.8 or newer (Debian: apt install maven)"
  fi
}

# Whether the jar is missing or older than anything it is made from.
out_of_date() {
  [[ -f $jar ]] || return 0
  [[ -n $(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -newer "$jar" -print -quit 2>/dev/null) ]]
}

# Whether Spark's Thrift server is missing, or older than anything it is made from.
thrift_server_out_of_date() {
  local built=("$thrift_server"/assay-*.jar)
  [[ -f ${built[0]} ]] || return 0
  [[ -n $(find "$home/pom.xml" "$home/thrift-server/pom.xml" "$home/thrift-server/src/main" -newer "${built[0]}" -print -quit 2>/dev/null) ]]
}

servers=(kafka debezium postgres) # what the live demo starts beside Assay

# Whether one of the servers is missing, or older than anything it is made from.
servers_out_of_date() {
  local name folder
  local built
  for name in "${servers[@]}"; do
    folder=$home/servers/$name
    built=("$folder"/target/lib/assay-*.jar)
    [[ -f ${built[0]} ]] || return 0
    if [[ -n $(find "$home/pom.xml" "$folder/pom.xml" "$folder/src/main" -newer "${built[0]}" -print -quit 2>/dev/null) ]]; then
      return 0
    fi
  done
  return 1
}

# Whether Hadoop's client of S3 was fetched.
has_s3_client() {
  local found=("$s3_client"/hadoop-aws-*.jar)
  [[ -f ${found[0]} ]]
}

# Lets one build at a time work in this installation; waits for another's end.
lock_build() {
  local lock=$home/.assay/build.lock holder told=
  mkdir -p "$home/.assay"
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || true)
    if [[ -n $holder ]] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf -- "$lock"
    elif [[ -z $told ]]; then
      say "another build is running here${holder:+ (process $holder)}; waiting for it"
      told=yes
    else
      sleep 0.5
    fi
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf -- "$home/.assay/build.lock"' EXIT
}

# run_maven LOG ARGUMENT…: keeps Maven's output in LOG and shows what it is about, line by line on a
# terminal, else now and then. Returns Maven's status.
run_maven() {
  local log=$1 status=0
  shift
  : >"$log"
  (cd "$home" && "$maven" -B -Dstyle.color=never "$@" 2>&1) |
    tee -a "$log" | condense || status=${PIPESTATUS[0]}
  return "$status"
}

# Maven's output, told briefly.
condense() {
  local line fetched=0 last=-10
  while IFS= read -r line; do
    case $line in
      'Downloaded from '*)
        fetched=$((fetched + 1))
        line=${line#*: }
        line=${line%% (*}
        progress "fetched $fetched files, now ${line##*/}"
        ;;
      '[INFO] Building Assay'*)
        # [INFO] Building Assay :: jobs-common 0.1.0-SNAPSHOT      [3/7]
        if [[ $line =~ Assay\ ::\ (.*)\ [^\ ]+\ +\[([0-9]+)/([0-9]+)\]$ ]]; then
          last=-10
          progress "building ${BASH_REMATCH[1]} (${BASH_REMATCH[2]} of ${BASH_REMATCH[3]})"
        fi
        ;;
      '[INFO] Running '*)
        progress "testing ${line##*.}"
        ;;
      *'Tests run: '*' -- in '*)
        tests_of_class "$line"
        ;;
    esac
  done
  clear_progress
}

# A line that the next one replaces on a terminal; elsewhere, one line every few seconds.
progress() {
  if [[ -t 2 ]]; then
    printf '\r\033[K%.*s' "${COLUMNS:-79}" "assay: $1" >&2
  elif ((SECONDS - last >= 5)); then
    last=$SECONDS
    say "$1"
  fi
}

clear_progress() {
  if [[ -t 2 ]]; then
    printf '\r\033[K' >&2
  fi
}

# [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.2 s -- in io.assay.FooTest
tests_of_class() {
  local mark='ok    '
  [[ $1 =~ Failures:\ 0,\ Errors:\ 0 ]] || mark=FAILED
  [[ $1 =~ Tests\ run:\ ([0-9]+).*Skipped:\ ([0-9]+),\ Time\ elapsed:\ ([0-9.,]+)\ s.*\ in\ (.*)$ ]] || return 0
  clear_progress
  local skipped=
  ((BASH_REMATCH[2] == 0)) || skipped=", ${BASH_REMATCH[2]} skipped"
  printf '  %s %-40s %3d tests%s, %s s\n' "$mark" "${BASH_REMATCH[4]##*.}" "${BASH_REMATCH[1]}" "$skipped" \
    "${BASH_REMATCH[3]}" >&2
}

# The errors of a failed build, and where all of it is.
explain_failure() {
  { grep '^\[ERROR\]' "$1" || tail -n 20 "$1"; } | head -n 20 >&2
  say "all of it is in $1"
}
