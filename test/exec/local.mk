# v6lit exec, and the library that it preloads.
dist_check_SCRIPTS += test/exec/clients.sh test/exec/identity.sh test/exec/refuse.sh test/exec/symbols.sh
EXTRA_DIST += test/env/two-hosts test/exec/shared.sh
SCRIPT_TESTS += test/exec/clients.sh test/exec/refuse.sh test/exec/symbols.sh
HOST_TESTS += test/exec/identity.sh

check_PROGRAMS += test/exec/threads
test_exec_threads_SOURCES = test/exec/threads.c
test_exec_threads_CFLAGS = $(AM_CFLAGS) -pthread

check_LTLIBRARIES += test/exec/other.la
test_exec_other_la_SOURCES = test/exec/other.c
test_exec_other_la_LIBADD = $(DL_LIBS)
test_exec_other_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
