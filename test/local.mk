# Every test program and script prints TAP. Scripts run in the build folder, with $srcdir set.
TEST_EXTENSIONS = .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
AM_TESTS_ENVIRONMENT = top_srcdir='$(abs_top_srcdir)'; export top_srcdir;

# VALGRIND='valgrind --error-exitcode=99' make check: the test programs run under it.
LOG_COMPILER = $(if $(VALGRIND),$(SHELL) ./libtool --mode=execute $(VALGRIND))

include test/unit/local.mk
include test/tool/local.mk
if WITH_NSS
include test/module/local.mk
include test/clients/local.mk
endif
