# The manual pages.
dist_check_SCRIPTS += test/man/manuals.sh test/man/transcripts.sh
SCRIPT_TESTS += test/man/manuals.sh test/man/transcripts.sh
