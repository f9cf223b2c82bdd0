# `v6lit resolve`.
dist_check_SCRIPTS += test/resolve/resolve.sh
SCRIPT_TESTS += test/resolve/resolve.sh
