# What `make install` puts where, and what the compiler and the linker made of it.
install_tests = test/install/hardening.sh test/install/install.sh test/install/repository.sh test/install/static.sh
dist_check_SCRIPTS += $(install_tests)
SCRIPT_TESTS += $(install_tests)
# For script/test, in a build with musl, and for script/test-packages, with the packages.
EXTRA_DIST += test/install/musl.sh test/install/rpms.sh test/install/shared.sh
