// The meters, and events of the power: failures, sags and swells.

const cells = (tag, list, scope) => list.map((c, i) => element(i && tag === "td" ? "td" : "th", c, i && tag === "td" ? {} : { scope }));
const headRow = (...names) => element("thead", element("tr", cells("th", names.map(word), "col")));
const bodyRow = (...list) => element("tr", cells("td", list, "row"));

const dateNear = (d) => d.getUTCFullYear() === localNow().getUTCFullYear() ? dayMonth(d) : `${dayMonth(d)} ${d.getUTCFullYear()}`;

// A meter that was followed by another one of its medium is a past one.
function meterRow(m, all) {
	const last = localOf(m.last_ts), held = (state.docs.held?.held ?? []).some((h) => h.medium === m.medium && h.meter === m.identifier);
	const replaced = all.some((o) => o.medium === m.medium && o.channel === m.channel && o.first_ts > m.last_ts);
	return bodyRow(word(m.medium), printed(m.identifier ?? ""), dateNear(localOf(m.first_ts)),
		held ? word("held_back") : replaced ? fill("until_date", { date: dateNear(last) }) : moment(last));
}

const lasting = (s) => nameAge(Math.max(1, s));
function eventRow(e) {
	const at = e.local_last && dateNear(local(e.local_last));
	return bodyRow(word(e.name), number(e.count, 0), !at ? "" : e.seconds ? fill("lasted", { date: at, length: lasting(e.seconds) }) : at);
}

// Without p1web's list of events: the counts that the meter sends.
function eventsKnown() {
	const r = state.reading ?? {};
	return state.docs.events?.events ?? Object.keys(r).filter((k) => /^(long_power_failures|power_failures|voltage_(sags|swells)_l\d)$/.test(k) && r[k] > 0)
		.map((name) => ({ name, count: r[name] }));
}

function showMeters() {
	const all = [...(state.docs.meters?.meters ?? [])].sort((a, b) => (b.last_ts > a.last_ts ? 1 : -1)), events = eventsKnown();
	const failure = events.find((e) => e.name === "long_power_failures")?.local_last;
	const now = all.filter((m) => !all.some((o) => o.medium === m.medium && o.channel === m.channel && o.first_ts > m.last_ts)).length;
	$("meters-short").textContent = [now === 1 ? word("one_meter") : fill("n_meters", { n: now }),
		...(failure ? [fill("last_failure", { date: dateOf(local(failure)) })] : [])].join(" · ");
	show($("meters"), headRow("meter", "number", "since", "latest"), element("tbody", all.map((m) => meterRow(m, all))));
	show($("events"), ...(events.length ? [headRow("event", "count", "last"), element("tbody", events.map(eventRow))] : []));
	$("meters-box").hidden = !all.length;
}
