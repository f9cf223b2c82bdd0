# Link-local multicast name resolution, by the module's entry points and through glibc.
dist_check_SCRIPTS += \
    test/llmnr/accept.sh \
    test/llmnr/command.sh \
    test/llmnr/faults.sh \
    test/llmnr/interfaces.sh \
    test/llmnr/local_user.sh \
    test/llmnr/peers.sh \
    test/llmnr/replies.sh \
    test/llmnr/responders.sh
HOST_TESTS += test/llmnr/peers.sh test/llmnr/responders.sh
EXTRA_DIST += \
    test/llmnr/answering.sh \
    test/llmnr/probe.py \
    test/llmnr/responder.py \
    test/llmnr/shared.sh \
    test/llmnr/spoof.py
check_PROGRAMS += test/llmnr/ask
OWN_SCRIPT_TESTS += test/llmnr/accept.sh test/llmnr/command.sh test/llmnr/faults.sh \
    test/llmnr/interfaces.sh test/llmnr/local_user.sh test/llmnr/replies.sh

test_llmnr_ask_SOURCES = test/llmnr/ask.c test/tap.h
test_llmnr_ask_CPPFLAGS = $(AM_CPPFLAGS)
test_llmnr_ask_CFLAGS = $(AM_CFLAGS) -pthread
test_llmnr_ask_LDADD = $(DL_LIBS)
