# What `make install` puts where, and what the compiler and the linker made of it.
dist_check_SCRIPTS += test/install/hardening.sh test/install/install.sh test/install/static.sh
SCRIPT_TESTS += test/install/hardening.sh test/install/install.sh test/install/static.sh
EXTRA_DIST += test/install/shared.sh
