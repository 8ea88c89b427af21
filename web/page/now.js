
// Now and today.

const LINE_MAX = 4000;
let lineChart = null;
const watts = (r) => Math.round(1000 * ((r.power_import ?? 0) - (r.power_export ?? 0)));

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

function showCost(r = {}) {
	const parts = ["import", "export", "gas", "water", "warm_water", "heat", "cold", "fixed", "total"];
	const known = parts.filter((k) => r[k] !== undefined);
	$("cost-head").hidden = known.length === 0;
	$("cost").replaceChildren(...known.flatMap((k) => [element("dt", word("cost_" + k) === "cost_" + k ? word(k) : word("cost_" + k)), element("dd", money(r[k], state.currency), { class: k })]));
}
