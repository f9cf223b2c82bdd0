dist_check_SCRIPTS += test/clients/reach.sh test/clients/table.sh
EXTRA_DIST += test/clients/browse.py test/clients/cells.sh test/clients/smb.conf test/data/clients.tsv
SCRIPT_TESTS += test/clients/reach.sh
HOST_TESTS += test/clients/table.sh
