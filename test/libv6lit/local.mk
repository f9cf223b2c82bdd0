# What others build on: the library's binary interface, and a page and a test for each of its functions.
dist_check_SCRIPTS += test/libv6lit/abi.sh test/libv6lit/functions.sh
SCRIPT_TESTS += test/libv6lit/abi.sh test/libv6lit/functions.sh
