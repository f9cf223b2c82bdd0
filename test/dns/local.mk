# DNS servers and resolvers, set up as the pages of examples/dns say.
dist_check_SCRIPTS += test/dns/containers.sh test/dns/lists.sh test/dns/pages.sh test/dns/resolvers.sh test/dns/servers.sh \
    test/dns/systemd_resolved.sh
SCRIPT_TESTS += test/dns/pages.sh
HOST_TESTS += test/dns/containers.sh test/dns/resolvers.sh test/dns/servers.sh
PAGE_TESTS += test/dns/containers.sh test/dns/lists.sh test/dns/resolvers.sh test/dns/servers.sh test/dns/systemd_resolved.sh
EXTRA_DIST += test/dns/ask.py test/dns/compare.py test/dns/lookup.c test/dns/lookup.go test/dns/shared.sh \
    test/data/dns.tsv
