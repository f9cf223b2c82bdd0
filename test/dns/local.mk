# DNS servers with the files of examples/dns.
dist_check_SCRIPTS += test/dns/servers.sh
HOST_TESTS += test/dns/servers.sh
EXTRA_DIST += test/dns/ask.py test/dns/compare.py test/dns/lookup.c test/dns/lookup.go test/data/dns.tsv
