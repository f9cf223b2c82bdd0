# `v6lit explain`, `v6lit resolve`, and completion.
dist_check_SCRIPTS += \
    test/explain/completion.sh \
    test/explain/explain.sh \
    test/explain/resolve.sh
EXTRA_DIST += test/explain/keys.py
OWN_SCRIPT_TESTS += test/explain/completion.sh test/explain/explain.sh
if WITH_NSS
SCRIPT_TESTS += test/explain/resolve.sh
endif
