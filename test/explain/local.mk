# `v6lit explain` and `v6lit resolve`.
dist_check_SCRIPTS += \
    test/explain/explain.sh \
    test/explain/resolve.sh
PROGRAM_TESTS += test/explain/explain.sh
if WITH_NSS
SCRIPT_TESTS += test/explain/resolve.sh
endif
