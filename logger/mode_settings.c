#include "logger/mode_settings.h"

#include <stdio.h>

#include "logger/keep_settings.h"
#include "logger/port/source.h"
#include "logger/store.h"
#include "tariffs/price_settings.h"

static bool forwards(enum mode m)
{
	return m != MODE_DECODE && m != MODE_IMPORT &&
	       m != MODE_IMPORT_READINGS && m != MODE_DISCOVER &&
	       m != MODE_PRINT_CONFIG;
}

/* Any user may run a diagnosis, but only the service has the key. */
static bool may_lack_key(enum mode m, const struct err *e)
{
	return m == MODE_DISCOVER && e->code == ERR_PERMISSION;
}

const char *mode_settings_config(const struct mode_settings *p)
{
	return p->args.config ? p->args.config : SETTINGS_FILE;
}

/* Check combinations of settings, and set the process's time zone. */
static int check(const struct all_settings *s, enum mode m,
		 struct meter_options *h, struct keep_rules *keep,
		 struct err *e)
{
	if (localday_use(s->timezone, e) < 0)
		return err_while(e, "[storage] timezone");
	if (source_check(s->port, e) < 0)
		return err_while(e, "[meter] port");
	if (store_check(s->database, e) < 0)
		return err_while(e, "[storage] database");
	if (keep_settings_read(keep, s, e) < 0)
		return e->code;
	if (journal_check_extra(s->extra, e) < 0)
		return err_while(e, "[log] extra");
	if (forwards(m) && settings_to_outputs_check(s, e) < 0)
		return e->code;
	if (m != MODE_PRINT_CONFIG && meter_options_load(h, s, e) < 0 &&
	    !may_lack_key(m, e))
		return e->code;
	return 0;
}

int mode_settings_load(struct mode_settings *p, struct err *e)
{
	struct all_settings s;
	struct meter_options h = { 0 };
	struct keep_rules keep;
	struct err ignored;

	if (all_settings_load(&s, p->args.config, e) < 0)
		return e->code;
	if (check(&s, p->args.mode, &h, &keep, e) < 0)
		return err_while(e, "%s", mode_settings_config(p));
	p->settings = s;
	p->meter = h;
	p->keep = keep;
	if (price_settings_read(&p->prices, &p->settings, &ignored) < 0)
		p->prices = (struct amounts){ 0 };
	settings_to_outputs(&p->settings, &p->outputs);
	if (s.timezone[0] != '\0')
		snprintf(p->zone, sizeof(p->zone), "%s", s.timezone);
	else
		localday_machine_zone(p->zone);
	return 0;
}

/*
 * A commit that comes a moment early starts p1pg as well: every second one would
 * otherwise be too early for an interval as long as that of the commits.
 */
static struct follow_options fleet(const struct all_settings *s)
{
	const long every_s = s->fleet.interval - s->commit / 2;

	return (struct follow_options){ s->fleet.server[0] != '\0',
					every_s > 0 ? every_s : 0 };
}

struct store_options mode_settings_store(const struct mode_settings *p,
					 int signals)
{
	return (struct store_options){
		.database = p->settings.database,
		.timezone = p->zone,
		.interval = p->settings.interval,
		.phases_interval = p->settings.phases_interval,
		.commit_s = p->settings.commit,
		.extra = p->settings.extra,
		.house = p->settings.identifier,
		.also = p->settings.also,
		.keep = p->keep,
		.limits = {
			.import_w = p->settings.limits.import,
			.export_w = p->settings.limits.export,
			.gas_m3_h = p->settings.limits.gas,
			.water_m3_h = p->settings.limits.water,
			.heat_kw = p->settings.limits.heat,
		},
		.service = p->args.mode == MODE_SERVICE,
		.follow = {
			[FOLLOWER_RRD] = { p->settings.rrd[0] != '\0',
					   p->settings.rrd_interval },
			[FOLLOWER_FLEET] = fleet(&p->settings),
		},
		.config = p->args.config,
		.clock = &clock_machine,
		.log = &p->log,
		.signals = signals,
	};
}

struct today_options mode_settings_today(const struct mode_settings *p)
{
	return (struct today_options){ &p->prices,
				       p->settings.prices.currency };
}

struct requests_options mode_settings_requests(const struct mode_settings *p,
					       char socket[SETTING_SOCKET])
{
	const struct all_settings *s = &p->settings;

	all_settings_socket(socket, s, s->backup.socket, ".requests");
	if (s->backup.folder[0] == '\0')
		socket[0] = '\0';
	return (struct requests_options){
		.socket = socket,
		.folder = s->backup.folder,
		.keep = s->backup.keep,
		.config = p->args.config,
		.clock = &clock_machine,
	};
}
