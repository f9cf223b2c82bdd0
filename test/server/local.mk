# Samba servers, started from the files in examples/server and reached by literal names.
dist_check_SCRIPTS += test/server/access.sh test/server/domain.sh test/server/listen.sh
HOST_TESTS += test/server/access.sh test/server/domain.sh test/server/listen.sh
EXTRA_DIST += test/server/shared.sh test/data/hosts-allow.tsv
# The page, on booted hosts.
dist_check_SCRIPTS += test/server/page.sh
PAGE_TESTS += test/server/page.sh
