#!/bin/sh
# Lays out the root of a small image with this machine's Python: root.sh ROOT ALGORITHM
set -eu
root=$1
python=$(readlink -f /usr/bin/python3)
library=/usr/lib/$(basename "$python")
mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/app" "$root/mnt" "$root/tmp" "$root/etc"
chmod 1777 "$root/tmp"
cp "$python" "$root/usr/bin/python3"
cp -r "$library" "$root/usr/lib/"
for part in test idlelib ensurepip lib2to3 unittest distutils tkinter pydoc_data multiprocessing asyncio sqlite3 curses ctypes xml xmlrpc venv; do
    rm -rf "$root$library/$part"
done
rm -rf "$root$library"/config-*
for file in $(ldd "$python" | grep -o '/[^ ]*\.so[^ ]*' | sort -u); do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
done
cp "$2" "$root/app/algorithm.py"
