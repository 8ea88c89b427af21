// The power of this moment, its direction, price and phases, and the live feed.

const watts = (r) => Math.round(1000 * ((r.power_import ?? 0) - (r.power_export ?? 0)));

// Is there an electricity meter? A heat meter may send telegrams of its own.
function hasPower() {
	const { reading, docs } = state, meters = docs.meters?.meters ?? [];
	return (!reading && !meters.length) || Object.keys(reading ?? {}).some((k) => /^(power|import|export)_/.test(k))
		|| meters.some((m) => m.medium === "electricity");
}

// Has the house ever returned electricity? If not, do not mention it.
function exportsPower() {
	const r = state.reading ?? {}, stored = state.docs.readings?.readings ?? [];
	return watts(r) < 0 || stored.some((s) => s.register.startsWith("export") && s.value > 0)
		|| Object.keys(r).some((k) => /^export_/.test(k) && r[k] > 0);
}

// Bars of all phases have one scale, which only grows.
function phaseScale(list) {
	const top = Math.max(250, state.phaseTop ?? 0, ...list.map((p) => Math.abs(p.w)));
	state.phaseTop = top;
	const ten = 10 ** Math.floor(Math.log10(top));
	return [1, 2, 5, 10].find((k) => k * ten >= top) * ten;
}

function phases(r) {
	return [1, 2, 3].map((n) => ({
		name: "L" + n, volts: r["voltage_l" + n],
		w: Math.round(1000 * ((r["power_import_l" + n] ?? 0) - (r["power_export_l" + n] ?? 0))),
		known: r["power_import_l" + n] !== undefined,
	})).filter((p) => p.known || p.volts !== undefined);
}

function phaseItem(p, scale, silent) {
	const both = exportsPower(), zero = both ? 50 : 0, length = Math.abs(p.w) / scale * (both ? 50 : 100);
	const bar = p.w < 0 ? ["export", zero - length, 0, length, 4] : ["import", zero, 0, length, 4];
	return element("li", [
		bold(silent ? `${p.name} ${DASH}` : p.known ? `${p.name} ${number(p.w, 0)}${NO_BREAK}W` : p.name),
		element("span", silent || p.volts === undefined ? "" : `${number(p.volts, 0)}${NO_BREAK}V`),
		...(p.known ? [bars(4, ["rail", 0, 0, 100, 4], ...(silent ? [] : [bar]), ...(both ? [["zero", 49.7, 0, .6, 4]] : []))] : []),
	]);
}

// The tariff and what a kWh costs, or earns, at this moment.
function showTariff(w) {
	const p = state.docs.prices ?? {}, price = w < 0 ? p.export : p.import;
	const name = w < 0 && price !== undefined ? word("paid") : p.tariff ? tariffName(p.tariff, "now_") : "";
	show($("tariff"), name, ...(price === undefined ? [] : [name ? " · " : "", bold(money(price, p.currency)), ` ${word("per_kwh")}`]));
}

function showFacts() {
	const top = state.docs.peaks?.highest, standby = state.docs.standby?.w;
	const list = [top && ["highest_today", top.w], standby !== undefined && ["standby_today", standby]].filter(Boolean);
	show($("now-facts"), list.flatMap(([name, w]) => [element("dt", word(name)), element("dd", power(w))]));
}

// The big number, as long as it is valid.
function showPower() {
	const r = state.reading, w = watts(r), how = state.down && lateness() === "live" ? "lost" : lateness();
	const silent = how === "silent", way = word(w < 0 ? "to_grid" : "from_grid"), at = localOf(state.last / 1000);
	const list = phases(r), scale = phaseScale(list);
	$("power").textContent = silent ? DASH : number(Math.abs(w), 0);
	$("power").parentElement.classList.toggle("out", w < 0);
	$("direction").textContent = silent ? fill("since_then", { time: moment(at) })
		: how === "live" ? way : fill("at_time", { what: way, time: moment(at, seconds) });
	show($("phases"), list.map((p) => phaseItem(p, scale, silent)));
	showTariff(w);
	document.title = `${silent || !hasPower() ? "" : `${$("power").textContent} W · `}${word("title")}`;
	state.shown = how;
}

function showNow(r) {
	state.reading = r;
	state.last = Date.parse(r.time);
	showPower();
	showTotals();
	showRegisters();
	showContact();
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// A new reading shows the interval of the meter.
function hear(r) {
	const s = (Date.parse(r.time) - state.last) / 1000;
	state.intervals = [...(state.intervals ?? []), s].slice(-5);
	state.interval = Math.max(1, middle(state.intervals));
	state.heard = Date.now();
}

// The newest stored reading, which may be old.
function showOld(r) {
	state.heard = Math.min(Date.now(), Date.parse(r.time) - server.ahead);
	showNow(r);
}

function take(r, first) {
	const changed = state.reading && (r.tariff !== state.reading.tariff || String(r.held ?? "") !== String(state.reading.held ?? ""));
	addToLine(Date.parse(r.time), watts(r));
	if (first) {
		showOld(r);
	} else {
		hear(r);
		showNow(r);
	}
	if (changed)
		quietly(refresh); // another price, or a counter that is held or counts again
	drawLine();
}

function listen(pause = 1000) {
	const live = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
	let first = true; // it is the newest there is
	live.onopen = () => { state.down = false; pause = 1000; };
	live.onmessage = (m) => {
		take(JSON.parse(m.data), first);
		first = false;
	};
	live.onclose = () => {
		state.down = true;
		state.retry = Date.now() + pause;
		showContact();
		setTimeout(() => listen(Math.min(2 * pause, 60000)), pause);
	};
}
