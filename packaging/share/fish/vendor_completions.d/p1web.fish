# Made by scripts/completions from --help.
complete -c p1web -s c -l config -r -F -d 'settings file'
complete -c p1web -s v -l verbose -d 'print more details'
complete -c p1web -s h -l help -d 'print this help'
complete -c p1web -s V -l version -d 'print the version'
