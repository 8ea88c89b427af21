
// Now and today.

const LINE_MAX = 4000;
let lineChart = null;
const watts = (r) => Math.round(1000 * ((r.power_import ?? 0) - (r.power_export ?? 0)));

// A value is late after three intervals of the meter, and no value any more after
// ten, or a minute if that is longer.
function lateness() {
	const s = (Date.now() - state.heard) / 1000;
	if (!state.last)
		return "none";
	return s > Math.max(60, 10 * state.interval) ? "silent" : s > 3 * state.interval ? "late" : "fresh";
}

function phasesOf(r, silent) {
	const list = [];
	for (const n of [1, 2, 3]) {
		if (r["power_import_l" + n] === undefined && r["voltage_l" + n] === undefined)
			continue;
		const p = Math.round(1000 * ((r["power_import_l" + n] ?? 0) - (r["power_export_l" + n] ?? 0)));
		const volts = r["voltage_l" + n] === undefined ? "" : ` · ${number(r["voltage_l" + n], 0)} V`;
		list.push(`${word("phase")}${n}: ${silent ? DASH : `${number(p, 0)} W${volts}`}`);
	}
	return list.map((text) => element("li", text));
}

// The big number, its direction and the phases, as far as they are still true.
function showPower() {
	const r = state.reading, w = watts(r), how = lateness(), silent = how === "silent";
	$("power").textContent = silent ? DASH : number(Math.abs(w), 0);
	$("power").parentElement.className = ["big", ...(w < 0 ? ["out"] : []), how].join(" ");
	$("direction").textContent = silent ? fill("none_since", { time: moment(state.last) }) : word(w < 0 ? "to_grid" : "from_grid");
	$("phases").replaceChildren(...phasesOf(r, silent));
	state.shown = how;
}

function showNow(r) {
	state.reading = r;
	state.last = Date.parse(r.time);
	showPower();
	showQuality(r);
	if (state.today)
		showTotals();
	showContact();
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// A reading that has just come tells the interval of the meter.
function hear() {
	const now = Date.now(), s = (now - state.heard) / 1000;
	state.intervals = [...(state.intervals ?? []), s].slice(-5);
	state.interval = Math.max(1, middle(state.intervals));
	state.heard = now;
}

// The newest reading there is, which may be old.
function showOld(r) {
	state.heard = Math.min(Date.now(), Date.parse(r.time));
	showNow(r);
}

async function showNewest() {
	showOld(await ask("api/v1/current"));
}

const moment = (ms) => date(ms, { hour: "2-digit", minute: "2-digit", second: "2-digit",
	...(iso(new Date(ms)) === iso(new Date()) ? {} : { day: "numeric", month: "short" }) });

function nameAge(s) {
	return s < 120 ? `${s} s` : s < 7200 ? `${Math.round(s / 60)} min` : `${Math.round(s / HOUR)} h`;
}

// Where the power comes from: live, late, or from a meter that is silent.
function nameContact(how) {
	const age = nameAge(Math.max(0, Math.round((Date.now() - state.heard) / 1000)));
	return {
		none: () => word("none"),
		fresh: () => fill(state.intervals ? "live" : "old", { age }),
		late: () => fill("late", { age, every: nameAge(Math.round(state.interval)) }),
		silent: () => fill("silent", { time: moment(state.last) }),
	}[how]();
}

function showContact() {
	const how = lateness();
	state.lost = state.down || failed.size > 0;
	if (state.reading && how !== state.shown)
		showPower();
	$("contact").classList.toggle("late", state.lost || how === "late" || how === "silent");
	$("contact").textContent = nameContact(how) + (state.lost ? ` · ${word("lost")}` : "");
	// Announce losses and returns to screen readers, not each second.
	if (state.spoken !== state.lost && (state.lost || state.spoken))
		$("spoken").textContent = word(state.lost ? "lost" : "back_again");
	state.spoken = state.lost;
}

function showQuality(r) {
	const names = Object.keys(r).filter((k) => /failures|sags|swells/.test(k) && k !== "power_failure_log");
	$("quality").replaceChildren(...names.flatMap((k) => [element("dt", word(k)), element("dd", number(r[k], 0))]));
}

function drawLine() {
	const from = Date.now() - 1000 * HOUR;
	state.line = state.line.filter((p) => p[0] >= from).slice(-LINE_MAX);
	$("line").hidden = typeof Dygraph === "undefined" || state.line.length < 2;
	if ($("line").hidden)
		return;
	const data = state.line.map((p) => [new Date(p[0]), p[1]]);
	if (lineChart)
		return lineChart.updateOptions({ file: data });
	lineChart = new Dygraph($("line"), data, {
		labels: [word("time"), "W"], colors: [color("import")], strokeWidth: 1.5, fillGraph: true,
		gridLineColor: color("edge"), axisLineColor: color("edge"), includeZero: true,
		axes: { y: { axisLabelWidth: 70, axisLabelFormatter: scaled("W") } },
	});
}

async function startLine() {
	const now = Math.floor(Date.now() / 1000);
	const { rows } = await ask(`api/v1/power?from=${now - HOUR}&to=${now + 1}`);
	const apart = rows.slice(1).map((r, i) => r.ts - rows[i].ts);
	if (apart.length > 0 && !state.intervals)
		state.interval = middle(apart);
	state.line = rows.map((r) => [1000 * r.ts, (r.import_w ?? 0) - (r.export_w ?? 0)]).concat(state.line);
	drawLine();
}

function listen(pause = 1000) {
	const live = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
	let first = true; // it is the newest there is
	live.onopen = () => { state.down = false; pause = 1000; };
	live.onmessage = (m) => {
		const r = JSON.parse(m.data);
		state.line.push([Date.parse(r.time), watts(r)]);
		if (first) {
			showOld(r);
		} else {
			hear();
			showNow(r);
		}
		first = false;
		// A counter is held, or counts again.
		if (String(r.held ?? "") !== state.heldLive)
			quietly(showHeld);
		state.heldLive = String(r.held ?? "");
		drawLine();
	};
	live.onclose = () => {
		state.down = true;
		showContact();
		setTimeout(() => listen(Math.min(2 * pause, 60000)), pause);
	};
}

// Today's totals.

// The registers that a column of a row is counted from.
const registers = (name) => [`${name}_total`, ...[1, 2, 3, 4].map((t) => `${name}_t${t}`)];

// How much more a reading has than the stored one; 0 if they cannot be compared.
function moreOf(kind, name, stored, r) {
	if (stored.meter !== r.meter)
		return 0;
	const more = (a, b) => a === undefined || b === undefined ? NaN : Math.max(0, b - a);
	if (kind.down) {
		const [total, ...parts] = registers(name).map((q) => more(stored[q], r[q]));
		return Number.isNaN(total) ? parts.filter((v) => v > 0).reduce((sum, v) => sum + v, 0) : total;
	}
	const was = (m) => stored.mbus?.find((o) => o.medium === m.medium && o.meter === m.meter && o.channel === m.channel);
	return (r.mbus ?? []).filter((m) => m.medium === kind.name).map((m) => more(was(m)?.value, m.value))
		.filter((v) => v > 0).reduce((sum, v) => sum + v, 0);
}

// What is consumed today in a column, up to the newest reading.
function todayOf(kind, name, column) {
	const { row, stored } = state.today ?? {}, r = state.reading, ts = state.last / 1000;
	if (row?.[column] === undefined)
		return undefined;
	const later = stored && r && ts < row.end_ts && state.last > Date.parse(stored.time);
	return row[column] + (later ? moreOf(kind, name, stored, r) : 0);
}

function showTotals() {
	const cells = [];
	for (const k of KINDS)
		for (const [column, name] of columnsOf(k)) {
			const v = todayOf(k, name, column);
			if (v !== undefined)
				cells.push(element("dt", word(name)), element("dd", amount(v, k.unit)));
		}
	$("today").replaceChildren(...(cells.length ? cells : [element("dt", word("none")), element("dd", "")]));
}

async function showToday() {
	const { rows, reading } = await ask("api/v1/today");
	state.today = { row: rows.at(-1), stored: reading };
	showTotals();
	showCost((await costs("day", [new Date()])).at(-1));
}

function showCost(r = {}) {
	const parts = ["import", "export", "gas", "water", "warm_water", "heat", "cold", "fixed", "total"];
	const known = parts.filter((k) => r[k] !== undefined);
	$("cost-head").hidden = known.length === 0;
	$("cost").replaceChildren(...known.flatMap((k) => [element("dt", word("cost_" + k) === "cost_" + k ? word(k) : word("cost_" + k)), element("dd", money(r[k], state.currency), { class: k })]));
}
