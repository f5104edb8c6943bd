# The stamp: name, size and time of every file that the programs are built from, as they were when a build began.
# While it still says the truth the programs are started directly. Deleted and older files are noticed too.

list_sources() (
    cd "$root" || exit
    set -- Algorithms.Sdk/Vantage.* Coordinator NodeAgent Samples eng native vantage Vantage.Run.slnf global.json \
        Directory.* BannedSymbols.txt .editorconfig package-lock.json
    set +o pipefail   # find minds a folder that does not exist yet; we do not
    # -printf is GNU find's; elsewhere stat says the same.
    if find . -maxdepth 0 -printf '' 2>/dev/null; then
        find "$@" \( -name node_modules -o -path Coordinator/Console \) -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null
    else
        find "$@" \( -name node_modules -o -path Coordinator/Console \) -prune -o -type f \
            -exec stat -f '%N %z %Fm' {} + 2>/dev/null
    fi | LC_ALL=C sort
)

stamp=$artifacts/programs.stamp
programs_fresh() { [ -f "$stamp" ] && list_sources | cmp -s - "$stamp" && native_ready; }

# Taken before the build, put in place after it: a file edited meanwhile makes the next start build again.
take_stamp() { rm -f "$stamp"; list_sources >"$stamp.new"; }
put_stamp() { mv "$stamp.new" "$stamp"; }
