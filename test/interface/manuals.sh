#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The manual pages are well-formed mdoc.
. "$top_srcdir/test/tap.sh"
command -v mandoc > /dev/null || skip_all 'mandoc is missing (Debian: mandoc)'

for page in "$top_srcdir"/man/*.[1358]; do
    same "$(basename "$page") is without fault" '' "$(mandoc -T lint -W warning "$page")"
done
finish
