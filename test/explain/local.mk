# `v6lit explain`, `v6lit resolve`, and completion.
dist_check_SCRIPTS += \
    test/explain/completion.sh \
    test/explain/explain.sh \
    test/explain/lines.sh \
    test/explain/pasted.sh \
    test/explain/resolve.sh
EXTRA_DIST += test/explain/keys.py
OWN_SCRIPT_TESTS += test/explain/completion.sh test/explain/explain.sh
SCRIPT_TESTS += test/explain/pasted.sh
if WITH_NSS
SCRIPT_TESTS += test/explain/lines.sh test/explain/resolve.sh
endif
