# For every *.bats: `load helper`. The programs under test come first in PATH.
# Use $BATS_TEST_TMPDIR for files.
P1_BIN=${P1_BIN:-$BATS_TEST_DIRNAME/../build}
PATH=$P1_BIN:$PATH
