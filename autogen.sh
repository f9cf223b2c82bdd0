#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
cd "$(dirname "$0")" && exec autoreconf --force --install
