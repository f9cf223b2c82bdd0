# Every test prints TAP. PROGRAM_TESTS are programs, OWN_SCRIPT_TESTS scripts that run only our programs, and
# SCRIPT_TESTS scripts that also run others, which cannot load a module built with sanitizers: `make check SCRIPT_TESTS=`.
PROGRAM_TESTS =
OWN_SCRIPT_TESTS =
SCRIPT_TESTS =
TESTS += $(PROGRAM_TESTS) $(OWN_SCRIPT_TESTS) $(SCRIPT_TESTS)

# Tests on several hosts, which are copies of a Debian system (test/env/hosts.sh). As root:
# make check 'TESTS=$(HOST_TESTS)' V6LIT_WORLD=DIR
HOST_TESTS =
# Tests that run the commands of a page on booted hosts: script/test-pages.
PAGE_TESTS =
EXTRA_DIST += test/env/hosts.sh test/env/booted.sh test/env/page.sh test/proof/contract.c test/proof/groups.c test/proof/identity.c \
    test/proof/identity.h test/proof/indices.c test/proof/libc.c test/proof/parts.c test/proof/proof.c test/proof/README.md \
    test/env/random.h test/tap.sh

# What takes longest comes first, so that it does not run alone at the end.
include test/resolved_hook/local.mk
if WITH_LLMNR
include test/llmnrd/local.mk
endif
if WITH_NSS
include test/kernel/local.mk
include test/clients/local.mk
include test/llmnr/local.mk
include test/dns/local.mk
include test/server/local.mk
include test/resolve/local.mk
include test/module/local.mk
include test/exec/local.mk
include test/doctor/local.mk
endif
include test/nsswitch/local.mk
include test/tools/local.mk
include test/completions/local.mk
include test/man/local.mk
include test/mount/local.mk
include test/explain/local.mk
include test/install/local.mk
include test/libv6lit/local.mk
include test/unit/local.mk
include fuzz/local.mk
