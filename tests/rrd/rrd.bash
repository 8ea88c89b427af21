# For tests/rrd_*.bats: a household's database and its RRD files.

rrd_setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export TZ=Europe/Amsterdam
	cat >p1.ini <<-END
		[storage]
		database = $PWD/p1.db
		rrd = $PWD/rrd
		interval = 10
		timezone = Europe/Amsterdam
	END
	# By itself, so that these tests say when the RRD files are written.
	sed 's/^rrd = .*/rrd =/' p1.ini >import.ini
}

import() { p1logger --config import.ini --import "$@"; }

p1rrd() { command p1rrd --config p1.ini "$@"; }

every() { # N FIRST: each Nth telegram of the stream, beginning with FIRST
	perl -e '($n, $k) = splice @ARGV; local $/; $_ = <STDIN>;
		for (split m{(?=^/)}m) { print unless $k--  % $n }' "$1" "$2"
}

sql() { sqlite3 -readonly p1.db "$@"; }

# SOURCE FILE FROM TO: the sum of a data source's steps, as a whole number; or
# how many are unknown, "?12", or how far it is from whole.
rrd_sum() {
	rrdtool fetch "rrd/$2.rrd" AVERAGE -r 300 -s "$3" -e "$(($4 - 300))" |
		awk -v name="$1" '
			NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) k = i + 1 }
			NF > 1 && NR > 1 { if ($k ~ /nan/) unknown++; else sum += $k / 12 }
			END { off = sum - sprintf("%.0f", sum)
				if (unknown) print "?" unknown
				else if (off > .001 || off < -.001) print sum
				else printf "%.0f\n", sum }'
}

# COLUMN SOURCE FILE [WHERE]: each day by the view and by the RRD file, in lines
# that differ.
days_that_differ() {
	local day start end want is

	sql -separator ' ' "SELECT day, start_ts, end_ts, $1 FROM daily_wh
		WHERE ${4-1}" >days
	test -s days || echo "no days"
	while read -r day start end want; do
		is=$(rrd_sum "$2" "$3" "$start" "$end")
		[ "$is" = "$want" ] || echo "$day $1: $is, not $want"
	done <days
}

# All that the files hold, in every archive: times and values.
contents() {
	for file in rrd/*.rrd; do
		echo "$file"
		rrdtool dump "$file" | awk '
			/<row>/ { gsub(/-nan/, "NaN"); print $6, $8 }
			/<name>|<cf>|<pdp_per_row>/'
	done
}

# Nothing in the files is other than if they were made in one go.
as_if_made_in_one_go() {
	contents >before
	p1rrd --rebuild
	contents >after
	cmp before after
}
