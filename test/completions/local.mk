# What bash and zsh complete.
dist_check_SCRIPTS += test/completions/completion.sh
EXTRA_DIST += test/completions/keys.py
OWN_SCRIPT_TESTS += test/completions/completion.sh
