"use strict";
const $ = (id) => document.getElementById(id);
const HOUR = 3600, LINE_MAX = 4000, RETRY = 5000;
const failed = new Map(); // to be retried

// The charts: column, unit, and the column drawn below the zero line.
const KINDS = [
	{ name: "electricity", up: "import_kwh", down: "export_kwh", unit: "kWh", picture: "" },
	{ name: "gas", up: "gas_m3", unit: "m³", picture: "gas-" },
	{ name: "water", up: "water_m3", unit: "m³", picture: "water-" },
	{ name: "warm_water", up: "warm_water_m3", unit: "m³", picture: "warm-water-" },
	{ name: "heat", up: "heat_gj", unit: "GJ", picture: "heat-" },
	{ name: "cold", up: "cold_gj", unit: "GJ", picture: "cold-" },
];
const PERIODS = {
	day: { resolution: "hour", label: (r) => r.hour.slice(11, 16) },
	week: { resolution: "day", label: (r) => r.day.slice(5) },
	month: { resolution: "day", label: (r) => r.day.slice(8) },
	year: { resolution: "month", label: (r) => r.month.slice(5) },
};

const state = { period: "day", at: new Date(), kind: KINDS[0], line: [], last: 0, down: false, asked: 0 };
let lang = "en", bounds = [0, 1], chart = null, lineChart = null;

const word = (w) => WORDS[lang][w] ?? w;
const locale = () => lang === "en" ? "en-GB" : lang; // day before month, 24-hour clock
const number = (v, digits) => new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(v);
const scaled = (unit) => (v, granularity, options, drawn) => { // labels of an axis
	const [low, high] = drawn.yAxisRange();
	return `${number(v, high - low < .5 ? 2 : high - low < 5 ? 1 : 0)} ${unit}`;
};
const money = (v, currency) => new Intl.NumberFormat(locale(), { style: "currency", currency }).format(v);
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const iso = (d) => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;
const watts = (r) => Math.round(1000 * ((r.power_import ?? 0) - (r.power_export ?? 0)));

function element(tag, text, attributes = {}) {
	const e = document.createElement(tag);
	e.textContent = text;
	for (const [k, v] of Object.entries(attributes))
		e.setAttribute(k, v);
	return e;
}

async function ask(path) {
	const answer = await fetch(path);
	if (!answer.ok)
		throw Object.assign(new Error(`${path}: ${answer.status}`), { after: 1000 * answer.headers.get("Retry-After") });
	return answer.json();
}

// An identifier is usually hexadecimal for the text printed on the meter.
function printed(hex) {
	const text = /^([0-9A-F]{2})+$/i.test(hex) ? hex.replace(/../g, (h) => String.fromCharCode(parseInt(h, 16))) : "";
	return /^[!-~]+$/.test(text) ? text : hex;
}

// The library's own legend uses inline styles, which our policy forbids.
if (typeof Dygraph !== "undefined")
	Dygraph.PLUGINS = Dygraph.PLUGINS.filter((p) => p !== Dygraph.Plugins.Legend);

function speak() {
	document.documentElement.lang = lang;
	for (const e of document.querySelectorAll("[data-word]"))
		e.textContent = word(e.dataset.word);
	for (const e of document.querySelectorAll("[data-label]"))
		e.setAttribute("aria-label", word(e.dataset.label));
}

// Now: the big number, the phases, the live line.

function showNow(r) {
	const w = watts(r);
	$("power").textContent = number(Math.abs(w), 0);
	$("power").parentElement.classList.toggle("out", w < 0);
	$("direction").textContent = word(w < 0 ? "to_grid" : "from_grid");
	const phases = [];
	for (const n of [1, 2, 3]) {
		if (r["power_import_l" + n] === undefined && r["voltage_l" + n] === undefined)
			continue;
		const p = Math.round(1000 * ((r["power_import_l" + n] ?? 0) - (r["power_export_l" + n] ?? 0)));
		const volts = r["voltage_l" + n] === undefined ? "" : ` · ${number(r["voltage_l" + n], 0)} V`;
		phases.push(element("li", `${word("phase")}${n}: ${number(p, 0)} W${volts}`));
	}
	$("phases").replaceChildren(...phases);
	showQuality(r);
	state.reading = r;
	state.last = Date.parse(r.time);
	showContact();
}

async function showNewest() {
	showNow(await ask("api/v1/current"));
}

function showContact() {
	state.lost = state.down || failed.size > 0;
	const s = Math.max(0, Math.round((Date.now() - state.last) / 1000));
	const age = s < 120 ? `${s} s` : s < 7200 ? `${Math.round(s / 60)} min` : `${Math.round(s / HOUR)} h`;
	let text = state.last ? `${word("last")}: ${age} ${word("ago")}` : word("none");
	if (state.lost)
		text += ` · ${word("lost")}`;
	$("contact").classList.toggle("late", state.lost || s > 900);
	$("contact").textContent = text;
	// Announce losses and returns to screen readers, not each second.
	if (state.spoken !== state.lost && (state.lost || state.spoken))
		$("spoken").textContent = word(state.lost ? "lost" : "again");
	state.spoken = state.lost;
}

function showQuality(r) {
	const names = Object.keys(r).filter((k) => /failures|sags|swells/.test(k) && k !== "power_failure_log");
	$("quality").replaceChildren(...names.flatMap((k) => [element("dt", word(k)), element("dd", number(r[k], 0))]));
}

function drawLine() {
	const from = Date.now() - 1000 * HOUR;
	state.line = state.line.filter((p) => p[0] >= from).slice(-LINE_MAX);
	if (typeof Dygraph === "undefined" || state.line.length < 2) {
		$("line").hidden = typeof Dygraph === "undefined";
		return;
	}
	const data = state.line.map((p) => [new Date(p[0]), p[1]]);
	if (lineChart)
		return lineChart.updateOptions({ file: data });
	lineChart = new Dygraph($("line"), data, {
		labels: [word("time"), "W"], colors: [color("in")], strokeWidth: 1.5, fillGraph: true,
		gridLineColor: color("edge"), axisLineColor: color("edge"), includeZero: true,
		axes: { y: { axisLabelWidth: 70, axisLabelFormatter: scaled("W") } },
	});
}

async function startLine() {
	const now = Math.floor(Date.now() / 1000);
	const { rows } = await ask(`api/v1/power?from=${now - HOUR}&to=${now + 1}`);
	state.line = rows.map((r) => [1000 * r.ts, (r.import_w ?? 0) - (r.export_w ?? 0)]).concat(state.line);
	drawLine();
}

function listen(pause = 1000) {
	const live = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
	live.onopen = () => { state.down = false; pause = 1000; };
	live.onmessage = (m) => {
		const r = JSON.parse(m.data);
		state.line.push([Date.parse(r.time), watts(r)]);
		showNow(r);
		drawLine();
	};
	live.onclose = () => {
		state.down = true;
		showContact();
		setTimeout(() => listen(Math.min(2 * pause, 60000)), pause);
	};
}

// Today's totals.

async function showToday() {
	const { rows } = await ask(`api/v1/history?resolution=day&from=${iso(new Date())}`);
	const r = rows.at(-1) ?? {};
	const cells = [];
	for (const k of KINDS)
		for (const [column, name] of [[k.up, k.down ? "import" : k.name], [k.down, "export"]])
			if (column && r[column] !== undefined)
				cells.push(element("dt", word(name)), element("dd", `${number(r[column], 2)} ${k.unit}`));
	$("today").replaceChildren(...(cells.length ? cells : [element("dt", word("none")), element("dd", "")]));
	showCost((await costs("day", [new Date()])).at(-1));
}

// Costs of a period's rows, as far as prices are known.
async function costs(resolution, [from, to]) {
	const { rows, currency } = await ask(`api/v1/costs?resolution=${resolution}&from=${iso(from)}${to ? `&to=${iso(to)}` : ""}`);
	state.currency = currency;
	return rows;
}

function showCost(r = {}) {
	const parts = ["import", "export", "gas", "water", "warm_water", "heat", "cold", "fixed", "total"];
	const known = parts.filter((k) => r[k] !== undefined);
	$("cost-head").hidden = known.length === 0;
	$("cost").replaceChildren(...known.flatMap((k) => [element("dt", word("cost_" + k) === "cost_" + k ? word(k) : word("cost_" + k)), element("dd", money(r[k], state.currency), { class: k })]));
}

// History.

function range(at, move = 0) {
	const d = new Date(at.getFullYear(), at.getMonth(), at.getDate());
	const y = d.getFullYear(), m = d.getMonth(), day = d.getDate(), monday = day - (d.getDay() + 6) % 7;
	return {
		day: () => [new Date(y, m, day + move), new Date(y, m, day + move + 1)],
		week: () => [new Date(y, m, monday + 7 * move), new Date(y, m, monday + 7 * move + 7)],
		month: () => [new Date(y, m + move, 1), new Date(y, m + move + 1, 1)],
		year: () => [new Date(y + move, 0, 1), new Date(y + move + 1, 0, 1)],
	}[state.period]();
}

async function history([from, to]) {
	const { rows } = await ask(`api/v1/history?resolution=${PERIODS[state.period].resolution}&from=${iso(from)}&to=${iso(to)}`);
	return rows;
}

function bars(e) {
	const ctx = e.drawingContext, zero = e.dygraph.toDomYCoord(0);
	const step = Math.abs(e.dygraph.toDomXCoord(1) - e.dygraph.toDomXCoord(0));
	const before = e.setName.startsWith(word("before"));
	const width = step * (before ? .8 : .5);
	ctx.fillStyle = e.color;
	for (const p of e.points)
		if (Number.isFinite(p.canvasy))
			ctx.fillRect(p.canvasx - width / 2, Math.min(zero, p.canvasy), width, Math.abs(zero - p.canvasy));
}

function series(now, before) {
	const k = state.kind, list = [];
	const add = (rows, column, sign, name, tint, short) => rows && column && list.push({ rows, column, sign, name, tint, short });
	add(before, k.up, 1, k.down ? `${word("before")}, ${word("import")}` : word("before"), color("before") + "66", word("before"));
	add(before, k.down, -1, `${word("before")}, ${word("export")}`, color("before") + "66", word("before"));
	add(now, k.up, 1, k.down ? word("import") : word(k.name), color(k.down ? "in" : "gas"));
	add(now, k.down, -1, word("export"), color("out"));
	return list;
}

// The legend: colours, and the values at the pointer.
function legend(list, values = {}, where = "") {
	const items = list.map((s) => {
		const item = element("li", (where ? s.name : s.short ?? s.name) + (values[s.name] === undefined ? "" : `: ${number(values[s.name], 3)} ${state.kind.unit}`));
		item.style.setProperty("--tint", s.tint);
		return item;
	});
	// Without a value, show one word per colour.
	const twice = where ? [] : list.map((s, i) => list.findIndex((o) => o.tint === s.tint) < i ? items[i] : null);
	$("legend").replaceChildren(...items.filter((i) => !twice.includes(i)), ...(where ? [element("li", where, { class: "where" })] : []));
}

function draw(now, before) {
	const list = series(now, before), n = Math.max(...list.map((s) => s.rows.length));
	const at = (i) => now[i] ?? before?.[i];
	const label = (x) => Number.isInteger(x) && at(x) ? PERIODS[state.period].label(at(x)) : "";
	const data = [...Array(n).keys()].map((i) => [i, ...list.map((s) => s.rows[i]?.[s.column] === undefined ? null : s.sign * s.rows[i][s.column])]);
	chart?.destroy();
	chart = null;
	legend(n ? list : []);
	$("chart").hidden = $("zoom").hidden = n === 0;
	if (n === 0)
		return;
	bounds = [-.6, n - .4];
	chart = new Dygraph($("chart"), data, {
		labels: ["x", ...list.map((s) => s.name)], colors: list.map((s) => s.tint), plotter: bars,
		highlightCallback: (e, x, points) => legend(list, Object.fromEntries(points.map((p) => [p.name, Math.abs(p.yval)])), label(x)),
		unhighlightCallback: () => legend(list),
		includeZero: true, dateWindow: bounds, gridLineColor: color("edge"), axisLineColor: color("edge"),
		zoomCallback: showZoom, axes: {
			x: { axisLabelFormatter: label, valueFormatter: label, drawGrid: false, pixelsPerLabel: 40,
				ticker: (a, b, px) => {
					const every = Math.max(1, Math.ceil((b - a) * 40 / px)), ticks = [];
					for (let i = Math.max(0, Math.ceil(a)); i <= b; i++)
						if (i % every === 0 && label(i))
							ticks.push({ v: i, label: label(i) });
					return ticks;
				} },
			y: { axisLabelWidth: 70, axisLabelFormatter: scaled(state.kind.unit), valueFormatter: (v) => `${number(v, 3)} ${state.kind.unit}` },
		},
	});
}

// Zoom without dragging: by a factor around the middle.
function zoom(factor) {
	if (!chart)
		return;
	const [a, b] = chart.xAxisRange(), middle = (a + b) / 2, half = (b - a) / 2 * factor;
	const low = Math.max(bounds[0], middle - half), high = Math.min(bounds[1], middle + half);
	if (high - low >= 1)
		chart.updateOptions({ dateWindow: factor ? [low, high] : bounds });
	showZoom();
}

function showWhole() {
	chart?.updateOptions({ dateWindow: bounds, valueRange: null });
	showZoom();
}

function showZoom() {
	const [a, b] = chart?.xAxisRange() ?? bounds;
	$("farther").disabled = $("whole").disabled = b - a >= bounds[1] - bounds[0] - .01;
	$("closer").disabled = b - a < 2;
}

function showTable(now) {
	const k = state.kind, columns = [[k.up, k.down ? "import" : k.name], ...(k.down ? [[k.down, "export"]] : [])];
	const head = element("tr", "");
	head.append(element("th", word("time"), { scope: "col" }), ...columns.map(([, n]) => element("th", `${word(n)} (${k.unit})`, { scope: "col" })));
	const lines = now.map((r) => {
		const line = element("tr", "");
		line.append(element("th", r.hour ?? r.day ?? r.month, { scope: "row" }), ...columns.map(([c]) => element("td", r[c] === undefined ? "" : number(r[c], 3))));
		return line;
	});
	$("rows").dataset.period = state.period;
	$("rows").replaceChildren(head, ...lines);
}

function showKinds(rows) {
	const known = KINDS.filter((k) => rows.some((r) => r[k.up] !== undefined) || k === state.kind);
	const now = [...$("what").options].map((o) => o.value);
	state.kinds = [...new Set([...(state.kinds ?? []), ...known])].sort((a, b) => KINDS.indexOf(a) - KINDS.indexOf(b));
	if (now.join() === state.kinds.map((k) => k.name).join() && $("what").dataset.lang === lang)
		return;
	$("what").dataset.lang = lang;
	$("what").replaceChildren(...state.kinds.map((k) => element("option", word(k.name), { value: k.name })));
	$("what").value = state.kind.name;
}

function sum(rows, column) {
	const known = rows.filter((r) => r[column] !== undefined);
	return known.length ? known.reduce((s, r) => s + r[column], 0) : null;
}

function showSums(now, before, cost) {
	const k = state.kind;
	const one = (rows, column, name) => {
		const v = rows && column ? sum(rows, column) : null;
		return v === null ? [] : [`${name} ${number(v, 2)} ${k.unit}`];
	};
	const parts = (rows) => [...one(rows, k.up, word(k.down ? "import" : k.name)), ...one(rows, k.down, word("export"))].join(", ");
	const lines = [[word("total"), parts(now)], [`${word("before")}: `, parts(before)], [word("cost_all"), cost]];
	const known = lines.filter(([, text]) => text).map((l) => l.join(""));
	$("total").replaceChildren(...(known.length ? known : [word("nothing")]).map((l) => element("span", l)));
	$("chart").setAttribute("aria-label", known.join(". "));
	$("gaps").textContent = word("gaps") + now.filter((r) => (r.gap_s ?? 0) >= HOUR).length;
}

// Without the chart library, or if it fails: p1graph's picture.
function showPicture() {
	$("chart").hidden = $("zoom").hidden = true;
	$("legend").replaceChildren();
	$("picture").hidden = false;
	const date = iso(range(state.at)[0]).slice(0, { month: 7, year: 4 }[state.period]);
	const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
	$("picture").src = `graph/${state.kind.picture}${state.period}.png?date=${date}&theme=${theme}`;
	$("picture").alt = `${word(state.kind.name)}, ${word(state.period)}`;
}

async function showHistory() {
	const asked = ++state.asked, [from, to] = range(state.at);
	for (const b of $("periods").children)
		b.setAttribute("aria-pressed", b.dataset.period === state.period);
	const last = new Date(to - 1), format = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" });
	$("span").textContent = state.period === "day" ? format.format(from) : `${format.format(from)} – ${format.format(last)}`;
	$("forth").disabled = to > new Date();
	const [now, before, cost] = await Promise.all([history([from, to]),
		$("compare").checked ? history(range(state.at, -1)) : null, costs("day", [from, to])]);
	if (asked !== state.asked)
		return;
	const priced = cost.filter((r) => r.total !== undefined);
	const total = priced.length ? money(priced.reduce((sum, r) => sum + r.total, 0), state.currency) : "";
	showKinds(now);
	showTable(now);
	showSums(now, before, total);
	try {
		$("chart").hidden = $("zoom").hidden = false;
		$("picture").hidden = true;
		draw(now, before);
		showZoom();
	} catch (e) {
		showPicture();
	}
}

async function showMeters() {
	const { meters } = await ask("api/v1/meters");
	const head = element("tr", "");
	head.append(...["meter", "number", "first", "latest"].map((w) => element("th", word(w), { scope: "col" })));
	const time = (s) => s === undefined ? "" : new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "short" }).format(new Date(1000 * s));
	$("meters").replaceChildren(head, ...meters.map((m) => {
		const line = element("tr", "");
		line.append(element("th", word(m.medium), { scope: "row" }), ...[printed(m.identifier ?? ""), time(m.first_ts), time(m.last_ts)].map((t) => element("td", t)));
		return line;
	}));
}

// Show the meters whose readings are all held, and what the user can do. Replace
// the list only when it changes, so that a screen reader says it once.
async function showHeld() {
	const { held } = await ask("api/v1/held"), lines = held.map((h) => h.sentence);
	$("held").hidden = lines.length === 0;
	if (lines.join() !== state.held)
		$("held-list").replaceChildren(...lines.map((l) => element("p", l, { lang: "en" })));
	state.held = lines.join();
}

// Retry what failed, and show a message meanwhile.
async function quietly(what) {
	clearTimeout(failed.get(what));
	failed.delete(what);
	try {
		await what();
	} catch (e) {
		failed.set(what, setTimeout(() => quietly(what), Math.max(RETRY, e.after || 0)));
	}
	showContact();
}

function showAll() {
	speak();
	lineChart?.destroy();
	lineChart = null;
	if (state.reading)
		showNow(state.reading);
	drawLine();
	for (const what of [showToday, showHistory, showMeters])
		quietly(what);
}

function move(by) {
	const [from, to] = range(state.at, by), now = new Date();
	state.at = from <= now && now < to ? now : from;
	quietly(showHistory);
}

$("periods").addEventListener("click", (e) => {
	if (!e.target.dataset.period)
		return;
	state.period = e.target.dataset.period;
	quietly(showHistory);
});
$("back").addEventListener("click", () => move(-1));
$("forth").addEventListener("click", () => move(1));
$("closer").addEventListener("click", () => zoom(.5));
$("farther").addEventListener("click", () => zoom(2));
$("whole").addEventListener("click", showWhole);
$("compare").addEventListener("change", () => quietly(showHistory));
$("what").addEventListener("change", () => {
	state.kind = KINDS.find((k) => k.name === $("what").value);
	quietly(showHistory);
});
$("language").addEventListener("change", () => {
	lang = $("language").value;
	try { localStorage.setItem("language", lang); } catch (e) { /* private mode */ }
	showAll();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showAll);

try { lang = localStorage.getItem("language") ?? ""; } catch (e) { lang = ""; }
if (!(lang in WORDS))
	lang = navigator.language.startsWith("nl") ? "nl" : "en";
$("language").value = lang;
showAll();
quietly(showNewest);
quietly(showHeld);
quietly(startLine);
listen();
setInterval(showContact, 1000);
setInterval(() => [showToday, showMeters, showHeld].forEach(quietly), 60000);
