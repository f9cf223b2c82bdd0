# v6lit doctor.
dist_check_SCRIPTS += test/doctor/checks.sh test/doctor/clients.sh test/doctor/resolve_hook.sh test/doctor/nameserver.sh test/doctor/newcomer.sh
EXTRA_DIST += test/doctor/listen.py test/doctor/nameserver.py test/doctor/resolved.py test/doctor/shared.sh
SCRIPT_TESTS += test/doctor/checks.sh test/doctor/clients.sh test/doctor/resolve_hook.sh test/doctor/nameserver.sh test/doctor/newcomer.sh

check_LTLIBRARIES += test/doctor/wrong.la
test_doctor_wrong_la_SOURCES = test/doctor/wrong.c
test_doctor_wrong_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
