# The hook for systemd-resolved: what it answers here, and the rest where there is such a resolved.
check_PROGRAMS += test/resolved_hook/test_record
PROGRAM_TESTS += test/resolved_hook/test_record
dist_check_SCRIPTS += test/resolved_hook/resolved.sh
HOST_TESTS += test/resolved_hook/resolved.sh
EXTRA_DIST += test/data/records.tsv test/env/resolved test/resolved_hook/client.py test/resolved_hook/nameserver.py \
    test/resolved_hook/shared.sh
test_resolved_hook_test_record_SOURCES = test/resolved_hook/test_record.c $(unit_table) $(unit_cunit)
test_resolved_hook_test_record_CPPFLAGS = $(unit_cppflags)
test_resolved_hook_test_record_LDADD = resolved_hook/librecord.la libv6lit/libobjects.la $(CUNIT_LIBS) $(DL_LIBS) -lresolv
