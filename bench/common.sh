# What all benchmarks share: how one is built and run. Sourced by each; sets `home`, the installation's folder.
home=$(cd -P "${BASH_SOURCE[0]%/*}/.." && pwd)
source "$home/bin/lib/common.sh"

# run_bench NAME CLASS ARGUMENT…: builds, then becomes the benchmark. What it makes is kept under
# bench/target/NAME, unless the arguments say --folder.
run_bench() {
  local name=$1 class=$2
  shift 2
  find_java
  find_maven
  lock_build
  local log=$home/.assay/log/bench.log
  mkdir -p "${log%/*}"
  if ! run_maven "$log" -Pbench -pl bench -am process-classes; then
    explain_failure "$log"
    die 1 "the build failed"
  fi
  rm -rf -- "$home/.assay/build.lock"

  local add_opens=() package
  for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
    add_opens+=("--add-opens=java.base/java.$package=ALL-UNNAMED")
  done
  for package in nio.ch nio.cs security.action util.calendar; do
    add_opens+=("--add-opens=java.base/sun.$package=ALL-UNNAMED")
  done
  local folder=(--folder "$home/bench/target/$name")
  [[ " $* " != *" --folder"* ]] || folder=()
  export SPARK_LOCAL_IP=127.0.0.1
  exec "$JAVA_HOME/bin/java" "${add_opens[@]}" -Xmx"${ASSAY_BENCH_MEMORY:-5g}" -XX:+UseParallelGC \
    ${ASSAY_BENCH_JAVA:-} \
    -Djol.skipHotspotSAAttach=true -Djdk.attach.allowAttachSelf=true \
    -Dlog4j2.configurationFile="$home/conf/spark/log4j2.properties" -Dassay.log="$log" -Dassay.home="$home" \
    -cp "$home/bench/target/classes:$(<"$home/bench/target/classpath")" \
    "$class" "${folder[@]}" "$@"
}
