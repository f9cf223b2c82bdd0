# The manual pages.
EXTRA_DIST += test/data/vocabulary.tsv
dist_check_SCRIPTS += test/man/manuals.sh test/man/transcripts.sh test/man/vocabulary.sh
SCRIPT_TESTS += test/man/manuals.sh test/man/transcripts.sh test/man/vocabulary.sh
