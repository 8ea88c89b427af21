
// The chart of a period: a bar for each slot of the calendar, and a tick for the
// earlier period in the same slot.

let bounds = [0, 1], heights = [0, 1], chart = null;

// The library's own legend uses inline styles, which our policy forbids.
if (typeof Dygraph !== "undefined")
	Dygraph.PLUGINS = Dygraph.PLUGINS.filter((p) => p !== Dygraph.Plugins.Legend);

// The labels of an axis: the unit once, and no sign below zero.
const scaled = (unit) => (v, granularity, options, drawn) => {
	const [low, high] = drawn.yAxisRange();
	const text = number(Math.abs(v), v === 0 || high - low >= 5 ? 0 : high - low < .5 ? 2 : 1);
	return `${text}${NO_BREAK}${unit}`;
};

// A curve or bars: the columns of the chart that is shown.
function series(slots, other) {
	const k = state.kind, list = [];
	const add = (of, column, sign, name, tint) => list.push({ of, column, sign, name, tint });
	add("now", k.up, 1, word(k.down ? "import" : k.name), color(k.down ? "import" : k.name));
	if (k.down && slots.some((s) => s.now?.[k.down] || s.before?.[k.down]))
		add("now", k.down, -1, word("export"), color("export"));
	if (other)
		for (const s of [...list])
			add("before", s.column, s.sign, list.length > 1 && k.down ? `${other}, ${s.name}` : other, color("ink"));
	return list;
}

// The bars are 66 % of their step, at most 64 pixels, on whole pixels.
function place(e, p) {
	const step = Math.abs(e.dygraph.toDomXCoord(1) - e.dygraph.toDomXCoord(0));
	const width = Math.round(Math.min(64, step * .66)), zero = Math.round(e.dygraph.toDomYCoord(0));
	const x = Math.round(p.canvasx - width / 2), y = Math.round(p.canvasy);
	const over = Math.max(0, Math.min(4, Math.floor((step - width) / 2) - 1)); // of a tick
	return { x, width, top: Math.min(zero, y), height: Math.abs(zero - y), y, over };
}

// Lines at 45 degrees over a rectangle.
function hatch(ctx, at, tint, step) {
	ctx.save();
	ctx.beginPath();
	ctx.rect(at.x, at.top, at.width, at.height);
	ctx.clip();
	ctx.strokeStyle = tint;
	ctx.lineWidth = 1;
	ctx.beginPath();
	for (let x = at.x - at.height + (at.top + at.height) % step; x < at.x + at.width; x += step) {
		ctx.moveTo(x, at.top + at.height);
		ctx.lineTo(x + at.height, at.top);
	}
	ctx.stroke();
	ctx.restore();
}

function outline(ctx, at, tint, width) {
	ctx.strokeStyle = tint;
	ctx.lineWidth = width;
	if (at.height > width)
		ctx.strokeRect(at.x + width / 2, at.top + width / 2, at.width - width, at.height - width);
}

// A bar is solid; hatched if its course is unknown; lighter if it is not finished.
function bar(ctx, at, tint, slot) {
	ctx.fillStyle = tint;
	ctx.globalAlpha = slot.gap ? 0 : slot.unfinished ? .35 : 1;
	ctx.fillRect(at.x, at.top, at.width, at.height);
	ctx.globalAlpha = 1;
	if (slot.gap)
		hatch(ctx, at, tint, 5);
	if (slot.gap || slot.unfinished)
		outline(ctx, at, tint, slot.gap ? 1 : 1.5);
}

// In a gap in which nothing was consumed there is no bar to hatch.
function emptyGaps(e, slots, list) {
	const { y, h } = e.plotArea, own = list.filter((s) => s.of === "now");
	for (const [i, slot] of slots.entries())
		if (slot.gap && !own.some((s) => slot.now[s.column])) {
			const at = place(e, { canvasx: e.dygraph.toDomXCoord(i), canvasy: 0 });
			hatch(e.drawingContext, { ...at, top: y, height: h }, color("gap"), 6);
		}
}

// Words above the hatched bars, joined to them by a line.
function nameGap(e, slots) {
	const first = slots.findIndex((s) => s.gap);
	if (first < 0)
		return;
	const after = slots.findIndex((s, i) => i > first && !s.gap), last = (after < 0 ? slots.length : after) - 1;
	const ctx = e.drawingContext, { x, y, w } = e.plotArea, middle = e.dygraph.toDomXCoord((first + last) / 2);
	if (middle < x || middle > x + w)
		return;
	const top = Math.max(...slots.slice(first, last + 1).flatMap((s) => [s.now[state.kind.up] ?? 0, s.before?.[state.kind.up] ?? 0]));
	ctx.font = `${getComputedStyle(document.body).fontSize.replace("16", "12.5")} system-ui, sans-serif`;
	const text = slots[first].gap, half = ctx.measureText(text).width / 2;
	ctx.fillStyle = color("gap");
	ctx.fillRect(Math.round(middle), y + 20, 1, Math.max(0, e.dygraph.toDomYCoord(top) - y - 26));
	ctx.fillStyle = color("soft");
	ctx.textAlign = "center";
	ctx.fillText(text, Math.min(Math.max(middle, x + half), x + w - half), y + 14);
}

function tick(ctx, at) {
	ctx.fillStyle = color("card");
	ctx.fillRect(at.x - at.over - 1, at.y - 2, at.width + 2 * at.over + 2, 4);
	ctx.fillStyle = color("ink");
	ctx.fillRect(at.x - at.over, at.y - 1, at.width + 2 * at.over, 2);
}

function plotter(slots, list) {
	return (e) => {
		const s = list.find((one) => one.name === e.setName);
		if (e.seriesIndex === 0)
			emptyGaps(e, slots, list);
		for (const p of e.points.filter((one) => one.yval))
			if (s.of === "before")
				tick(e.drawingContext, place(e, p));
			else
				bar(e.drawingContext, place(e, p), s.tint, slots[p.xval]);
		if (e.seriesIndex === e.seriesCount - 1)
			nameGap(e, slots);
	};
}

// Room above the bars, more if a gap is named there, and below.
function bounded(slots, data) {
	const all = data.flatMap((row) => row.slice(1)), high = Math.max(0, ...all), low = Math.min(0, ...all);
	const length = high - low || 1;
	return [low && low - length * .06, high + length * (slots.some((s) => s.gap) ? .2 : .08)];
}

function key(text, kind, tint) {
	const item = element("li", text, kind ? { class: kind } : {});
	if (tint)
		item.style.setProperty("--tint", tint);
	return item;
}

// The legend: colours, and the values at the pointer.
function legend(slots, list, values = {}, where = "") {
	const shown = where ? list : list.filter((s) => s.of === "now" || s.sign > 0);
	const items = shown.map((s) => {
		const name = !where && s.of === "before" ? state.other : s.name, v = values[s.name];
		return key(name + (v === undefined ? "" : `: ${number(v, 3)}${NO_BREAK}${state.kind.unit}`), s.of === "before" ? "tick" : "", s.tint);
	});
	if (slots.some((s) => s.unfinished))
		items.push(key(word("unfinished"), "part", list[0].tint));
	if (slots.some((s) => s.gap))
		items.push(key(word("only_total"), "gap"));
	if (where)
		items.push(element("li", where, { class: "where" }));
	$("legend").replaceChildren(...items);
}

// The labels of the time axis, as many as fit.
const slotTicks = (slots) => (a, b, px) => {
	const every = Math.max(1, Math.ceil((b - a) * (state.period === "day" ? 26 : 40) / px)), ticks = [];
	for (let i = Math.max(0, Math.ceil(a)); i <= b && i < slots.length; i++)
		if (i % every === 0)
			ticks.push({ v: i, label: slots[i].short });
	return ticks;
};

function zeroLine(ctx, area, drawn) {
	ctx.fillStyle = color("zero");
	ctx.fillRect(area.x, Math.round(drawn.toDomYCoord(0)), area.w, 1);
}

function draw(slots, other) {
	const list = series(slots, other);
	const value = (slot, s) => slot[s.of]?.[s.column] === undefined ? null : s.sign * slot[s.of][s.column];
	const data = slots.map((slot, i) => [i, ...list.map((s) => value(slot, s))]);
	const known = data.some((row) => row.slice(1).some((v) => v !== null));
	const label = (x) => slots[x]?.long ?? "";
	chart?.destroy();
	chart = null;
	legend(known ? slots : [], known ? list : []);
	$("chart").hidden = $("zoom").hidden = !known;
	if (!known)
		return;
	bounds = [-.6, slots.length - .4];
	heights = bounded(slots, data);
	chart = new Dygraph($("chart"), data, {
		labels: ["x", ...list.map((s) => s.name)], colors: list.map((s) => s.tint), plotter: plotter(slots, list), valueRange: heights,
		highlightCallback: (e, x, points) => legend(slots, list, Object.fromEntries(points.map((p) => [p.name, Math.abs(p.yval)])), label(x)),
		unhighlightCallback: () => legend(slots, list), highlightCircleSize: 0,
		includeZero: true, dateWindow: bounds, gridLineColor: color("grid"), axisLineColor: color("edge"),
		zoomCallback: showZoom, underlayCallback: zeroLine, axes: {
			x: { valueFormatter: label, drawGrid: false, ticker: slotTicks(slots) },
			y: { axisLabelWidth: 70, axisLabelFormatter: scaled(state.kind.unit), valueFormatter: (v) => amount(v, state.kind.unit) },
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
		chart.updateOptions({ dateWindow: [low, high] });
	showZoom();
}

function showWhole() {
	chart?.updateOptions({ dateWindow: bounds, valueRange: heights });
	showZoom();
}

function showZoom() {
	const [a, b] = chart?.xAxisRange() ?? bounds;
	$("farther").disabled = $("whole").disabled = b - a >= bounds[1] - bounds[0] - .01;
	$("closer").disabled = b - a < 2;
}

// Without the chart library, or if it fails: p1graph's picture.
function showPicture() {
	$("chart").hidden = $("zoom").hidden = true;
	$("legend").replaceChildren();
	$("picture").hidden = false;
	const when = iso(range(state.at)[0]).slice(0, { month: 7, year: 4 }[state.period]);
	const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
	$("picture").src = `graph/${state.kind.picture}${state.period}.png?date=${when}&theme=${theme}`;
	$("picture").alt = `${word(state.kind.name)}, ${word(state.period)}`;
}
