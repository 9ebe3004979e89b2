#!/bin/sh
# Chromium and LibreOffice for the tests: installed where the machine allows it (Debian, as root).
# Without them the tests fail and say so, unless PARAF_TEST_SKIP names what may be missing.
set -eu
missing=
for chromium in "${CHROMIUM:-/usr/bin/chromium-headless-shell}" /usr/bin/chromium; do
    [ ! -x "$chromium" ] || break
done
[ -x "$chromium" ] || missing="$missing chromium-headless-shell"
command -v soffice >/dev/null || missing="$missing libreoffice-writer"
for calc in /usr/lib*/libreoffice/program/libsclo.so /opt/libreoffice*/program/libsclo.so; do
    [ ! -e "$calc" ] || break
done
[ -e "$calc" ] || missing="$missing libreoffice-calc" # for the big figures: registers as it saves them
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    # shellcheck disable=SC2086 -- one word for each package
    apt-get -qq install -y --no-install-recommends $missing fonts-liberation >/dev/null
else
    echo "The tests need:$missing (for example: sudo apt-get install$missing fonts-liberation)"
fi
