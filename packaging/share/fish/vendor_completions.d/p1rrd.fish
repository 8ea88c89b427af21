# Made by scripts/completions from --help.
complete -c p1rrd -l rebuild -d 'rebuild all files'
complete -c p1rrd -l verify -d 'only compare the files with the database'
complete -c p1rrd -s c -l config -r -F -d 'settings file'
complete -c p1rrd -s v -l verbose -d 'report each step'
complete -c p1rrd -s h -l help -d 'print this help'
complete -c p1rrd -s V -l version -d 'print the version'
