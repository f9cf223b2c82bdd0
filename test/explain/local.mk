# `v6lit explain`.
dist_check_SCRIPTS += test/explain/explain.sh test/explain/lines.sh test/explain/pasted.sh
OWN_SCRIPT_TESTS += test/explain/explain.sh
SCRIPT_TESTS += test/explain/pasted.sh
if WITH_NSS
SCRIPT_TESTS += test/explain/lines.sh
endif
