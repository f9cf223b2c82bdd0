#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the first transcript of README.md is what script/demo prints on Debian 12. The mount.cifs of Debian 13 prints
# an additional line, and no password.
set -u
. "$top_srcdir/test/tap.sh"
for program in curl mount.cifs python3; do
    command -v $program > /dev/null || skip_all "no $program here"
done
in_sandbox 'files dns' "$0" "$top_srcdir/test/env/two-hosts"

"$top_srcdir/script/demo" --in-sandbox "$PWD" > /mnt/demo
same 'without the module nothing resolves' '3' "$(sed '/^--- With the/,$d' /mnt/demo | grep -c '^\[exit status')"
same 'the transcript of README.md' \
    "$(sed -n '/^```console/,/^```$/{ /^```$/q; /^```/d; s/,pass=\**$//; p; }' "$top_srcdir/README.md")" \
    "$(sed '1,/^--- With the/d; /decode/,$d' /mnt/demo | sed '1d; /^Host .* resolved to/d; s/ *$//; s/,pass=\**$//')"
finish
