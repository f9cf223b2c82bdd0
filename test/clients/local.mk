# reach.sh needs two hosts of test/env/two-hosts; table.sh and use.sh run on hosts of a whole Debian.
dist_check_SCRIPTS += \
    test/clients/pages.sh \
    test/clients/reach.sh \
    test/clients/sites.sh \
    test/clients/table.sh \
    test/clients/use.sh
EXTRA_DIST += \
    test/clients/automount.sh \
    test/clients/browse.py \
    test/clients/cells.sh \
    test/clients/get.js \
    test/clients/glib.py \
    test/clients/greet.py \
    test/clients/lan.sh \
    test/clients/picture.py \
    test/clients/sites.py \
    test/clients/smb.conf \
    test/data/clients.tsv \
    test/data/clients-13.tsv
SCRIPT_TESTS += test/clients/pages.sh test/clients/reach.sh
HOST_TESTS += test/clients/sites.sh test/clients/table.sh test/clients/use.sh
