# What others build on: the library's binary interface, and a page and a test for each of its functions.
dist_check_SCRIPTS += test/interface/abi.sh test/interface/functions.sh test/interface/manuals.sh
SCRIPT_TESTS += test/interface/abi.sh test/interface/functions.sh test/interface/manuals.sh
