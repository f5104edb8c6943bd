# Builds once, runs the test projects one after the other, adds up their results.

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
    for project in tests/*.Tests/*.csproj; do
        say "" "== $(basename "$project" .csproj)"
        dotnet test "$project" -c Release --no-build --nologo \
            --results-directory "$results" --logger "trx;LogFileName=$(basename "$project" .csproj).trx" \
            --blame-hang-timeout $hang --blame-hang-dump-type none \
            ${rest[@]+"${rest[@]}"} || code=1
    done
    node eng/tally.mjs "$results" --code $code ${VANTAGE_REQUIRE_ALL:+--require-all} ${filtered:+--filtered}
}
