# The responder: its decisions, and the daemon on a link with other hosts.
check_PROGRAMS += test/llmnrd/test_answer test/llmnrd/test_claim
PROGRAM_TESTS += test/llmnrd/test_answer test/llmnrd/test_claim
EXTRA_DIST += test/data/llmnr-answer.tsv test/llmnrd/lan.py test/llmnrd/notify.py test/llmnrd/owner.py test/llmnrd/shared.sh
llmnrd_tests = test/llmnrd/claims.sh test/llmnrd/faults.sh test/llmnrd/flood.sh test/llmnrd/owner.sh test/llmnrd/replies.sh \
    test/llmnrd/sleep.sh test/llmnrd/spoofers.sh test/llmnrd/start.sh test/llmnrd/unit.sh
# Not with sanitizers, which use memory of their own.
dist_check_SCRIPTS += $(llmnrd_tests) test/llmnrd/soak.sh
SCRIPT_TESTS += test/llmnrd/soak.sh
OWN_SCRIPT_TESTS += $(llmnrd_tests)
# With a Samba server and systemd-resolved.
dist_check_SCRIPTS += test/llmnrd/rival.sh test/llmnrd/samba.sh
HOST_TESTS += test/llmnrd/rival.sh test/llmnrd/samba.sh
# With its package.
dist_check_SCRIPTS += test/llmnrd/installed.sh test/llmnrd/journey.sh test/llmnrd/page.sh
PAGE_TESTS += test/llmnrd/installed.sh test/llmnrd/journey.sh test/llmnrd/page.sh
test_llmnrd_test_answer_SOURCES = test/llmnrd/test_answer.c $(unit_table) $(unit_cunit)
test_llmnrd_test_answer_CPPFLAGS = $(unit_cppflags)
test_llmnrd_test_answer_LDADD = llmnr/libresponder.la libv6lit/libobjects.la $(CUNIT_LIBS) $(DL_LIBS) -lresolv
test_llmnrd_test_claim_SOURCES = test/llmnrd/test_claim.c $(unit_cunit)
test_llmnrd_test_claim_LDADD = llmnr/libresponder.la libv6lit/libobjects.la $(CUNIT_LIBS) $(DL_LIBS)
if WITH_LLMNRD
# v6lit-llmnrd with a short interval of the spoofing watch, and a clock that simulates a sleeping machine.
check_PROGRAMS += test/llmnrd/staged-llmnrd
test_llmnrd_staged_llmnrd_SOURCES = llmnr/claim.c test/llmnrd/sleep.c
test_llmnrd_staged_llmnrd_CPPFLAGS = $(AM_CPPFLAGS) '-DWATCH_INTERVAL=(SECOND / 5)'
test_llmnrd_staged_llmnrd_CFLAGS = $(v6lit_llmnrd_CFLAGS)
test_llmnrd_staged_llmnrd_LDFLAGS = $(v6lit_llmnrd_LDFLAGS) \
    -Wl,--wrap=timerfd_create,--wrap=timerfd_settime,--wrap=clock_gettime
test_llmnrd_staged_llmnrd_LDADD = $(v6lit_llmnrd_OBJECTS) $(v6lit_llmnrd_LDADD)
EXTRA_test_llmnrd_staged_llmnrd_DEPENDENCIES = $(v6lit_llmnrd_OBJECTS)
endif
