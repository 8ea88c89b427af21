# For scripts/bench: twelve pictures by rrdtool graph, with what p1graph --all
# draws: areas and lines, a dash, totals and a legend.
# shellcheck disable=SC2154 # folder is the benchmark's

# Settings and a database of a month with gas and water, and its RRD files.
make_month() { # NAME
	sed "s|^database.*|database = $folder/$1.db|; s|^rrd.*|rrd = $folder/$1|" \
		"$folder/p1logger.ini" >"$folder/$1.ini"
	mkdir "$folder/$1"
	p1sim --start 2026-01-02T23:00:00Z --duration 28d --interval 60 --water |
		p1logger -c "$folder/$1.ini" --import - 2>/dev/null
	p1rrd --config "$folder/$1.ini" --rebuild
}

rrd_picture() { # NAME FROM TO TITLE ARGUMENT...
	rrdtool graph "$folder/$1.png" --width 900 --height 300 --full-size-mode \
		--border 0 --start "$2" --end "$3" --pango-markup --legend-position=north \
		"COMMENT:<b>$4</b>" "${@:5}" >/dev/null
}

twelve_by_rrdtool() { # NAME
	local day=1769036400 # 2026-01-22 in Amsterdam
	local range from to medium rrd=$folder/$1
	local -A begin=([day]=$day [week]=1768777200 [month]=1767222000 [year]=1767222000)
	local -A end=([day]=1769122800 [week]=1769382000 [month]=1769900400 [year]=1798758000)

	for range in day week month year; do
		from=${begin[$range]} to=${end[$range]}
		rrd_picture x "$from" "$to" "$range" \
			"DEF:t1=$rrd/electricity.rrd:power_import_t1:AVERAGE" \
			"DEF:i=$rrd/electricity.rrd:power_import:AVERAGE" \
			"DEF:e=$rrd/electricity.rrd:power_export:AVERAGE" \
			"DEF:m=$rrd/electricity.rrd:power_import_max:MAX" \
			"DEF:u=$rrd/electricity.rrd:power_import:AVERAGE:end=$((to - 86400)):start=$((from - 86400))" \
			SHIFT:u:86400 CDEF:down=e,-1,* VDEF:sum=i,TOTAL VDEF:out=e,TOTAL \
			'GPRINT:sum:%.0lf Ws from the grid' 'GPRINT:out:%.0lf Ws to the grid\j' \
			'AREA:m#c3d8ef:highest within' 'AREA:i#749ece:from the grid' \
			'AREA:t1#6097d3:low' 'AREA:down#dca552:to the grid' \
			LINE1.5:i#1f63b0 LINE1.5:down#cc7a00 \
			'LINE1.4:u#18212b:usual day:dashes=5,4'
		for medium in gas water; do
			rrd_picture x "$from" "$to" "$medium, $range" \
				"DEF:v=$rrd/$medium.rrd:$medium:AVERAGE" VDEF:sum=v,TOTAL \
				'GPRINT:sum:%.0lf l\j' "AREA:v#a2452c:$medium"
		done
	done
}
