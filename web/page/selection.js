// A part of the chart that a person selects, by pointer, keyboard or two times:
// its consumption and cost.

const view = () => state.view;

function bounds() {
	const { start_ts, end_ts } = view().answer.now;
	return [start_ts, Math.min(end_ts, nowMs() / 1000)];
}

// The instants that are selected: of times, or of the bars from one to another.
function instants() {
	const s = state.selection, { slots } = view();
	if (!s)
		return null;
	if (s.times)
		return s.times;
	const there = slots.slice(s.slots[0], s.slots[1] + 1).filter((o) => o.now).map((o) => o.now);
	return there.length ? [there[0].start_ts, Math.min(there.at(-1).end_ts, Math.ceil(nowMs() / 1000))] : null;
}

async function measure() {
	const span = instants(), same = () => String(instants()) === String(span);
	if (!span || span[1] <= span[0])
		return showSelection(null);
	const found = await ask(`selection?from=${Math.round(span[0])}&to=${Math.round(span[1])}`);
	if (same())
		showSelection(found);
}

let pause = 0;

function select(selection, at_once) {
	state.selection = selection;
	charts.chart?.updateOptions({});
	showSelection(null);
	clearTimeout(pause);
	if (selection)
		pause = setTimeout(() => quietly(measure), at_once ? 0 : 200);
}

// "17:30–18:45", or the bars by name
function nameSelection() {
	const [a, b] = state.selection.slots, { slots } = view();
	return a === b ? slots[a].long : `${slots[a].long} ${DASH} ${slots[b].long}`;
}

const timeField = (name, ts) => element("input", "", { type: "time", id: `sel-${name}`, value: nameTime(view().clock.at(ts)), "aria-label": `${word("selected")}, ${word(name + "_time")}` });

function chooseTimes() {
	const [from, to] = ["from", "to"].map((n) => $(`sel-${n}`).value), [low, high] = bounds();
	const at = (text, last) => view().clock.instant(last && text === "00:00" ? DAY : text.slice(0, 2) * HOUR + text.slice(3) * 60);
	if (!from || !to)
		return;
	const times = [at(from), at(to, true)].map((v) => Math.min(high, Math.max(low, v)));
	if (times[1] > times[0])
		select({ times }, true);
}

// The consumption: a line for each amount that is not zero, and its cost.
function measured(found) {
	const kinds = isCurve() ? KINDS : [state.kind], costs = found.costs ?? {};
	const lines = kinds.flatMap((k) => {
		const sum = found.sums.find((s) => s.medium === k.name) ?? {};
		return columnsOf(k).filter(([c, n]) => sum[c] > 0 || n === "import" && sum[c] !== undefined).map(([c, n]) => element("div", [
			element("span", amount(sum[c], k.unit), { class: `v t-${n}` }),
			costs[n] === undefined ? "" : element("span", money(costs[n], found.currency), { class: "v" }),
			n === "import" ? "" : soft(word(n)),
		]));
	});
	const mean = state.kind.down && found.mean_w !== undefined ? element("p", [fill("mean", { power: power(Math.abs(found.mean_w)) }), found.mean_w < 0 ? ` ${word("to_grid")}` : ""], { class: "hint" }) : "";
	return [lines[0] ?? "", mean, ...lines.slice(1)];
}

// Open a bar as a period of its own.
function opener() {
	const [a, b] = state.selection.slots, finer = { week: "day", month: "day", year: "month" }[state.period];
	if (a !== b || !finer || !view().slots[a].now)
		return "";
	return element("button", word(`open_${finer}`), { type: "button", class: "quiet", id: "open" });
}

function openSlot() {
	const row = view().slots[state.selection.slots[0]].now, finer = { week: "day", month: "day", year: "month" }[state.period];
	state.at = local(row.day ?? `${row.month}-01`);
	state.period = finer;
	changePeriod();
}

function showSelection(found) {
	const s = state.selection, box = $("selection");
	box.hidden = !s;
	if (!s)
		return box.replaceChildren();
	const editing = box.contains(document.activeElement) ? document.activeElement.id : "";
	const head = s.times ? [element("h3", word("selected")), element("div", [timeField("from", s.times[0]), DASH, timeField("to", s.times[1])], { class: "times" })]
		: [element("h3", word("selected")), element("p", [bold(nameSelection()), opener()], { class: "times" })];
	box.replaceChildren(...head, ...(found ? measured(found) : []).filter((e) => e !== ""));
	if (editing)
		$(editing)?.focus();
	if (found)
		$("spoken").textContent = box.innerText.replaceAll("\n", " ");
}

// From the pointer to five minutes, or to a bar.
function pointed(e) {
	const x = charts.chart.toDataXCoord(e.clientX - $("chart").getBoundingClientRect().left);
	if (!isCurve())
		return Math.max(0, Math.min(view().slots.length - 1, Math.round(x)));
	const [low, high] = bounds();
	return Math.max(low, Math.min(high, low + Math.round((x - low) / STEP) * STEP));
}

let begun = null;

function startSelection(e) {
	if (charts.chart && e.button === 0 && !WALL) {
		begun = pointed(e);
		if (isCurve() && state.selection) {
			// The handle that is dragged moves; the other one stays.
			const near = (v) => Math.abs(charts.chart.toDomXCoord(v) - charts.chart.toDomXCoord(begun)) < 14;
			const [a, b] = state.selection.times;
			begun = near(a) ? b : near(b) ? a : begun;
		}
	}
}

function moveSelection(e) {
	if (begun === null || !charts.chart)
		return;
	const at = pointed(e), both = [Math.min(begun, at), Math.max(begun, at)];
	if (isCurve() && both[1] - both[0] >= STEP)
		select({ times: both });
	else if (!isCurve() && String(state.selection?.slots) !== String(both) && at !== begun)
		select({ slots: both });
}

function endSelection(e) {
	if (begun !== null && charts.chart && e.type === "pointerup" && !isCurve() && $("chart").contains(e.target)) {
		const at = pointed(e), both = [Math.min(begun, at), Math.max(begun, at)];
		select(String(state.selection?.slots) === String(both) && at === begun && both[0] === both[1] ? null : { slots: both }, true);
	}
	begun = null;
}

// Arrow keys move the end, with Shift the beginning; Escape selects nothing.
function keySelection(e) {
	const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
	if (e.key === "Escape" && state.selection)
		return select(null);
	if (!step || !charts.chart)
		return;
	e.preventDefault();
	const curve = isCurve(), last = view().slots.findLastIndex((s) => s.now), [low, high] = curve ? bounds() : [0, last];
	const now = curve ? state.selection?.times ?? [Math.max(low, Math.floor((high - low) / HOUR) * HOUR + low - HOUR), Math.floor((high - low) / HOUR) * HOUR + low] : state.selection?.slots ?? [last, last];
	const size = curve ? STEP : 1, least = curve ? STEP : 0, inside = (v) => Math.max(low, Math.min(high, v));
	if (!state.selection)
		return select(curve ? { times: now } : { slots: now });
	const [a, b] = e.shiftKey ? [Math.min(inside(now[0] + step * size), now[1] - least), now[1]]
		: curve ? [now[0], Math.max(inside(now[1] + step * size), now[0] + least)] : [inside(now[0] + step), inside(now[0] + step)];
	select(curve ? { times: [a, b] } : { slots: [a, b] });
}
