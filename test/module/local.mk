# The NSS module, by its entry points and through glibc.
dist_check_SCRIPTS += \
    test/module/cost.sh \
    test/module/ifname.sh \
    test/module/leak.sh \
    test/module/links.sh \
    test/module/nsswitch.sh \
    test/module/seccomp.sh \
    test/module/soak.sh \
    test/module/stack.sh \
    test/module/symbols.sh \
    test/module/syscalls.sh \
    test/module/numeric_form.sh
EXTRA_DIST += test/module/shared.sh

module_tests = \
    test/module/entry \
    test/module/families \
    test/module/faults \
    test/module/same \
    test/module/threads
# Programs that the scripts run.
check_PROGRAMS += $(module_tests) \
    test/module/gai \
    test/module/ifname \
    test/module/nameserver \
    test/module/seccomp \
    test/module/soak \
    test/module/stack \
    test/module/syscalls \
    test/module/numeric_form
PROGRAM_TESTS += $(module_tests)
OWN_SCRIPT_TESTS += \
    test/module/ifname.sh \
    test/module/seccomp.sh \
    test/module/numeric_form.sh
SCRIPT_TESTS += \
    test/module/cost.sh \
    test/module/leak.sh \
    test/module/links.sh \
    test/module/nsswitch.sh \
    test/module/soak.sh \
    test/module/stack.sh \
    test/module/symbols.sh \
    test/module/syscalls.sh

test_module_entry_SOURCES = test/module/entry.c test/module/module.h test/tap.h
test_module_entry_LDADD = $(DL_LIBS)
test_module_families_SOURCES = test/module/families.c test/module/module.h test/tap.h
test_module_families_LDADD = libv6lit.la $(DL_LIBS)
test_module_faults_SOURCES = test/module/faults.c test/module/module.h test/tap.h
test_module_faults_LDADD = libv6lit.la $(DL_LIBS)
test_module_gai_SOURCES = test/module/gai.c test/tap.h
test_module_ifname_SOURCES = test/module/ifname.c test/module/module.h test/tap.h
test_module_ifname_LDADD = libv6lit.la $(DL_LIBS)
test_module_nameserver_SOURCES = test/module/nameserver.c test/tap.h
test_module_same_SOURCES = test/module/same.c test/module/module.h test/tap.h
test_module_same_LDADD = libv6lit.la $(DL_LIBS)
test_module_seccomp_SOURCES = test/module/seccomp.c test/module/module.h test/tap.h
test_module_seccomp_LDADD = $(DL_LIBS)
test_module_soak_SOURCES = test/module/soak.c test/module/module.h test/tap.h
test_module_soak_LDADD = $(DL_LIBS)
test_module_stack_SOURCES = test/module/stack.c test/tap.h
test_module_stack_CFLAGS = $(AM_CFLAGS) -pthread
test_module_syscalls_SOURCES = test/module/syscalls.c test/module/module.h test/tap.h
test_module_syscalls_LDADD = $(DL_LIBS)
test_module_threads_SOURCES = test/module/threads.c test/module/module.h test/tap.h
test_module_threads_CFLAGS = $(AM_CFLAGS) -pthread
test_module_threads_LDADD = $(DL_LIBS)
test_module_numeric_form_SOURCES = test/module/numeric_form.c test/module/module.h test/tap.h
test_module_numeric_form_LDADD = $(DL_LIBS)
