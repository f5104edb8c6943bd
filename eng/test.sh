# Builds once, runs the test projects, adds up their results.

run_tests() {
    local tier=$1 want_setup=1 filtered=
    shift
    export VANTAGE_TIER=$tier VANTAGE_REQUIRE_ALL=
    # The tests start hundreds of processes that live for seconds: watching them to compile them better later is wasted.
    export DOTNET_TieredPGO=0
    # And few live long enough to gain from methods that are compiled twice: 1,024 calls (it is read as hexadecimal), not 30.
    export DOTNET_TC_CallCountThreshold=400
    [ "${CI:-}" != true ] || VANTAGE_REQUIRE_ALL=1
    local rest=()
    while [ $# -gt 0 ]; do
        case $1 in
            --no-setup) want_setup= ;;
            --require-all) VANTAGE_REQUIRE_ALL=1 ;;
            --filter | --filter=*) filtered=1; rest+=("$1") ;;
            *) rest+=("$1") ;;
        esac
        shift
    done

    if [ -n "$want_setup" ] && may_setup; then setup; else tell_missing; fi
    with_lock build_all

    local results=$artifacts/test-results code=0 project
    rm -rf "$results"
    mkdir -p "$results"
    # One stuck test must not hold up a whole run: it is named and its process ended.
    local hang=10m
    [ "$tier" != soak ] || hang=12h
    # Federations mostly wait for programs of theirs: the other projects, one after the other, have the cores meanwhile.
    local federations= others=()
    for project in tests/*.Tests/*.csproj; do
        case $project in */Federation.Tests.csproj) federations=$project ;; *) others+=("$project") ;; esac
    done
    say "" "Federation.Tests runs beside the others; what it says comes last."
    trap 'pkill -P "${beside:-}" 2>/dev/null || true' EXIT
    # Programs that live for seconds: what comes late enough is not compiled a second time at all (4 s, hexadecimal too).
    DOTNET_TC_CallCountingDelayMs=1000 run_project "$federations" >"$results/Federation.Tests.log" 2>&1 </dev/null &
    local beside=$!
    for project in "${others[@]}"; do run_project "$project" || code=1; done
    wait $beside || code=1
    trap - EXIT
    cat "$results/Federation.Tests.log"
    node eng/tally.mjs "$results" --code $code ${VANTAGE_REQUIRE_ALL:+--require-all} ${filtered:+--filtered}
}

# Of run_tests: its results, hang and rest.
run_project() {
    local name
    name=$(basename "$1" .csproj)
    say "" "== $name"
    dotnet test "$1" -c Release --no-build --nologo \
        --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
        --blame-hang-timeout $hang --blame-hang-dump-type none \
        ${rest[@]+"${rest[@]}"}
}
