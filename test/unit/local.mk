# The library: tables of names, each promise of the header, and comparisons with a second implementation.
# And the messages of LLMNR.
unit_tests = \
    test/unit/test_exhaustive \
    test/unit/test_interface \
    test/unit/test_library \
    test/unit/test_names \
    test/unit/test_random \
    test/unit/test_writers
if WITH_NSS
unit_tests += test/unit/test_config test/unit/test_message
endif
check_PROGRAMS += $(unit_tests)
PROGRAM_TESTS += $(unit_tests)
EXTRA_DIST += test/data/addresses.tsv test/data/llmnr-accept.tsv test/data/llmnr-conf.tsv \
    test/data/llmnr-interfaces.tsv test/data/llmnr.tsv test/data/names.tsv test/data/pasted.tsv test/data/texts.tsv

unit_cunit = test/unit/cunit.c test/unit/cunit.h test/tap.h
unit_reference = test/unit/reference.c test/unit/reference.h
unit_table = test/unit/table.c test/unit/table.h
unit_cppflags = $(AM_CPPFLAGS) -DDATA_DIR='"$(abs_top_srcdir)/test/data"'
unit_libraries = libv6lit.la $(CUNIT_LIBS)

test_unit_test_config_SOURCES = test/unit/test_config.c $(unit_table) $(unit_cunit)
test_unit_test_config_CPPFLAGS = $(unit_cppflags)
test_unit_test_config_LDADD = llmnr/libllmnr.la $(unit_libraries)
test_unit_test_exhaustive_SOURCES = test/unit/test_exhaustive.c $(unit_reference) $(unit_cunit)
test_unit_test_exhaustive_LDADD = $(unit_libraries)
test_unit_test_interface_SOURCES = test/unit/test_interface.c test/unit/fake_kernel.c \
    test/unit/fake_kernel.h $(unit_cunit)
test_unit_test_interface_LDADD = libv6lit/libobjects.la $(CUNIT_LIBS) $(DL_LIBS)
test_unit_test_library_SOURCES = test/unit/test_library.c test/unit/poison.h $(unit_table) $(unit_cunit)
test_unit_test_library_CPPFLAGS = $(unit_cppflags)
test_unit_test_library_LDADD = $(unit_libraries) $(DL_LIBS)
test_unit_test_message_SOURCES = test/unit/test_message.c $(unit_table) $(unit_cunit)
test_unit_test_message_CPPFLAGS = $(unit_cppflags)
test_unit_test_message_LDADD = llmnr/libllmnr.la $(unit_libraries)
test_unit_test_names_SOURCES = \
    test/unit/test_names.c test/unit/poison.h $(unit_reference) $(unit_table) $(unit_cunit)
test_unit_test_names_CPPFLAGS = $(unit_cppflags)
test_unit_test_names_LDADD = $(unit_libraries)
test_unit_test_random_SOURCES = test/unit/test_random.c $(unit_reference) $(unit_table) $(unit_cunit)
test_unit_test_random_CPPFLAGS = $(unit_cppflags)
test_unit_test_random_LDADD = $(unit_libraries)
test_unit_test_writers_SOURCES = test/unit/test_writers.c test/env/random.h test/tap.h
test_unit_test_writers_LDADD = libv6lit/libobjects.la $(DL_LIBS)
