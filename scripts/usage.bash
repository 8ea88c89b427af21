# Sourced by the scripts: with --help, print the comment at the head of the script,
# which says what it does and takes, instead of doing it.
usage() {
	sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" | grep -v '^shellcheck '
}

case ${1-} in
-h | --help)
	usage
	exit 0
	;;
esac
