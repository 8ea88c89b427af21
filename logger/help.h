/* What p1logger --help prints. */
#ifndef LOGGER_HELP_H
#define LOGGER_HELP_H

#include "base/settings.h"

static const char help[] =
	"Usage: p1logger [OPTION]...\n"
	"       p1logger --once\n"
	"       p1logger --decode [FILE|-]...\n"
	"       p1logger --import FILE...\n"
	"       p1logger --backup FOLDER\n"
	"       p1logger --restore FILE\n"
	"Keep the counters of a smart meter, read from its P1 port.\n"
	"\n"
	"Without a mode it reads on until SIGTERM or SIGINT, as a service;\n"
	"SIGHUP makes it read its settings and open the port anew.\n"
	"\n"
	"      --once             keep one telegram and end, for cron; silent\n"
	"                         when all is well\n"
	"      --wait SECONDS     of --once: for a telegram, and as long for the\n"
	"                         lock (default: 30)\n"
	"      --decode           print telegrams as JSON lines; keep nothing\n"
	"      --import           keep archived telegrams, plain or .gz\n"
	"      --time-from HOW    of --import: times for telegrams without one;\n"
	"                         2013-01-05T10:00:00Z+10 (the first, and the\n"
	"                         seconds to the next) or mtime[+SECONDS]\n"
	"      --backup FOLDER    copy the database to a file with a date, while\n"
	"                         the service runs, and prove that copy\n"
	"      --keep DAYS        of --backup: days of which a copy stays\n"
	"                         (default: 7)\n"
	"      --restore FILE     put a backup in the database's place; what it\n"
	"                         replaces is kept beside it\n"
	"      --force            of --restore: also when newer readings go away\n"
	"  -c, --config FILE      settings (default: " SETTINGS_FILE ")\n"
	"      --print-config     print the settings that are in force\n"
	"      --check-config     only look whether they are right\n"
	"  -v, --verbose          say more\n"
	"  -h, --help             print this\n"
	"  -V, --version          print the version\n"
	"\n"
	"Exit status: 0 done, 1 failed, 2 wrong usage, 65 no valid telegram,\n"
	"69 port or file not there, 73 cannot create a file, 74 reading or\n"
	"writing failed, 75 silent or locked: try again, 77 not permitted,\n"
	"78 wrong settings.\n";

#endif
