# The command, as users and scripts run it.
dist_check_SCRIPTS += test/tools/demo.sh test/tools/faults.sh test/tools/terminal.sh test/tools/v6lit.sh
EXTRA_DIST += test/tools/terminal.py
OWN_SCRIPT_TESTS += test/tools/v6lit.sh
SCRIPT_TESTS += test/tools/demo.sh test/tools/faults.sh test/tools/terminal.sh
