// Today: what is consumed so far beside a usual day, and what it costs. The newest
// reading is added to what is stored, so that it moves with the meter.

// By how much a reading exceeds the stored one; 0 if they cannot be compared.
function moreOf(kind, name, stored, r) {
	if (stored.meter !== r.meter)
		return 0;
	const more = (a, b) => a === undefined || b === undefined ? NaN : Math.max(0, b - a);
	if (kind.down) {
		const [total, ...parts] = [`${name}_total`, ...[1, 2, 3, 4].map((t) => `${name}_t${t}`)].map((q) => more(stored[q], r[q]));
		return Number.isNaN(total) ? parts.filter((v) => v > 0).reduce((sum, v) => sum + v, 0) : total;
	}
	const was = (m) => stored.mbus?.find((o) => o.medium === m.medium && o.meter === m.meter && o.channel === m.channel);
	return (r.mbus ?? []).filter((m) => m.medium === kind.name).map((m) => more(was(m)?.value, m.value))
		.filter((v) => v > 0).reduce((sum, v) => sum + v, 0);
}

// The readings since the last commit.
function later(kind, name) {
	const { rows, reading } = state.docs.today ?? {}, row = rows?.at(-1), r = state.reading;
	const counts = reading && r && row && state.last / 1000 < row.end_ts && state.last > Date.parse(reading.time);
	return counts ? moreOf(kind, name, reading, r) : 0;
}

// Today's consumption in a column, up to the newest reading.
function todayOf(kind, name, column) {
	const v = state.docs.today?.rows.at(-1)?.[column];
	return v === undefined ? undefined : v + later(kind, name);
}

const costLater = (kind, name) => later(kind, name) * (state.docs.prices?.[name] ?? 0) * (name === "export" ? -1 : 1);

// The mean power since the last commit, by the counters: it closes the gap before
// the live readings.
function powerLater() {
	const { reading } = state.docs.today ?? {}, from = Date.parse(reading?.time) / 1000, to = state.last / 1000;
	if (!(to > from) || reading.meter !== state.reading?.meter)
		return null;
	return { from, to, w: Math.round((later(KINDS[0], "import") - later(KINDS[0], "export")) * 1000 * HOUR / (to - from)) };
}

// The cost of that, if the price is known.
function costOf(kind, name) {
	const cost = state.docs.current?.cost_today?.[name];
	return cost === undefined ? undefined : cost + costLater(kind, name);
}

function bullet(v, usual, tint) {
	const most = Math.max(usual * 1.6, v * 1.06), tick = Math.min(98.6, 100 * usual / most);
	return bars(9, ["rail", 0, 1.5, 100, 6], [tint, 0, 1.5, 100 * v / most, 6], ["card", tick - .5, 0, 2.4, 9], ["tick", tick, 0, 1.4, 9]);
}

function todayRow(row, priced) {
	const { kind, name, value, usual, cost } = row, cells = [];
	if (usual !== undefined)
		cells.push(bullet(value, usual, name));
	if (usual !== undefined || value === 0)
		cells.push(element("span", value === 0 ? word("no_" + name) : muchThan(value, usual, number(usual, decimals(usual)))));
	return element("tr", [
		element("th", word(name), { scope: "row" }),
		element("td", [number(value, decimals(value)), element("small", kind.unit)], { class: `v t-${name}` }),
		element("td", cells, { class: "b" }),
		...(priced ? [element("td", cost === undefined ? "" : money(cost, priced), { class: "c" })] : []),
	]);
}

function todayRows() {
	const usual = (kind) => state.docs.usual?.days ? state.docs.usual.sums.find((s) => s.medium === kind.name) : undefined;
	return KINDS.flatMap((kind) => columnsOf(kind).map(([column, name]) => ({
		kind, name, value: todayOf(kind, name, column), usual: usual(kind)?.[column], cost: costOf(kind, name),
	}))).filter((r) => r.value !== undefined && (r.name !== "export" || exportsPower()));
}

function totalRow(rows, currency) {
	const { fixed = 0 } = state.docs.current.cost_today, usual = state.docs.usual?.days ? state.docs.usual.costs?.until.total : undefined;
	const total = rows.reduce((sum, r) => sum + (r.cost ?? 0), fixed);
	return element("tfoot", element("tr", [
		element("th", word("total"), { scope: "row" }), element("td"),
		element("td", usual === undefined ? "" : fill("usual_cost", { cost: money(usual, currency) }), { class: "b" }),
		element("td", money(total, currency), { class: "c" }),
	]));
}

// "Today until 19:24"; on the first day "Today since 19:05".
function nameToday() {
	const row = state.docs.today?.rows.at(-1), first = Math.min(...(state.docs.meters?.meters ?? []).map((m) => m.first_ts));
	const last = localOf(state.last / 1000);
	if (row && first > row.start_ts)
		return fill("today_since", { time: clock(localOf(first)) });
	return state.last && isToday(last) ? fill("today_until", { time: clock(last) }) : word("today");
}

function showTotals() {
	const rows = todayRows(), costs = state.docs.current?.cost_today;
	const priced = costs && (costs.fixed !== undefined || rows.some((r) => r.cost !== undefined)) ? costs.currency : "";
	const fresh = [element("tbody", rows.map((r) => todayRow(r, priced))), ...(priced && rows.length ? [totalRow(rows, priced)] : [])];
	$("today-head").textContent = nameToday();
	$("usual-key").textContent = rows.some((r) => r.usual !== undefined) ? word("tick") : "";
	show($("today"), fresh);
	$("today-foot").textContent = !rows.length ? "" : !priced ? word("no_price")
		: costs.fixed ? fill("of_fixed", { cost: money(costs.fixed, priced) }) : "";
}
