check_PROGRAMS += test/nsswitch/test_nsswitch
test_nsswitch_test_nsswitch_SOURCES = \
    test/nsswitch/test_nsswitch.c \
    test/nsswitch/properties.c test/nsswitch/properties.h \
    tools/nsswitch/edit.c tools/nsswitch/edit.h \
    tools/nsswitch/nsswitch.c tools/nsswitch/nsswitch.h
test_nsswitch_test_nsswitch_CPPFLAGS = $(AM_CPPFLAGS)
PROGRAM_TESTS += test/nsswitch/test_nsswitch

check_PROGRAMS += test/nsswitch/interrupt
NSSWITCH_TESTS = test/nsswitch/enable.sh test/nsswitch/races.sh
dist_check_SCRIPTS += $(NSSWITCH_TESTS)
SCRIPT_TESTS += $(NSSWITCH_TESTS)
