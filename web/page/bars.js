// The chart of a period as bars: one for each slot of the calendar, with a tick
// where the other period's bar would end. The low tariff is the lower part.

// The parts of a bar: [column, tint], from zero upwards; export downwards.
function partsOf(row) {
	const k = state.kind, low = lowTariff(), names = [1, 2, 3, 4].map((t) => `import_t${t}_kwh`);
	if (!k.down)
		return [[row[k.up] ?? 0, k.name]];
	const tariffs = names.map((n, i) => [row[n] ?? 0, i + 1]).filter(([v]) => v > 0);
	if (tariffs.length === 0)
		return [[row[k.up] ?? 0, "import"]];
	return tariffs.sort((a, b) => (b[1] === low) - (a[1] === low)).map(([v, t]) => [v, t === low && state.tariffs ? "import-low" : "import"]);
}

// Does the period have both tariffs? One alone needs no second colour.
const hasTariffs = (slots) => state.kind.down && state.period !== "day"
	&& [1, 2].every((t) => slots.some((s) => s.now?.[`import_t${t}_kwh`] > 0));

// Bars are 66 % of their step, at most 64 pixels, on whole pixels.
function place(g, i) {
	const step = g.toDomXCoord(1) - g.toDomXCoord(0), width = Math.max(3, Math.round(Math.min(64, step * .66)));
	return { x: Math.round(g.toDomXCoord(i) - width / 2), width, over: Math.max(0, Math.min(4, Math.floor((step - width) / 2) - 1)), step };
}

// A part is solid; hatched if only its total is known; lighter if it is not finished.
function drawPart(c, at, top, height, tint, slot) {
	const line = slot.unfinished || slot.gap ? 1.5 : 0;
	c.fillStyle = slot.gap ? hatch(c, color(tint), 5) : color(tint);
	c.globalAlpha = slot.unfinished && !slot.gap ? .35 : 1;
	c.fillRect(at.x, top, at.width, height);
	c.globalAlpha = 1;
	c.strokeStyle = color(tint);
	c.lineWidth = line;
	if (line && height > line)
		c.strokeRect(at.x + line / 2, top + line / 2, at.width - line, height - line);
}

function drawBar(c, g, i, slot) {
	const at = place(g, i), zero = Math.round(g.toDomYCoord(0)), list = partsOf(slot.now), down = slot.now[state.kind.down] ?? 0;
	let sum = 0;
	list.forEach(([v, tint], n) => {
		const bottom = n ? Math.round(g.toDomYCoord(sum)) : zero, top = Math.round(g.toDomYCoord(sum += v));
		drawPart(c, at, top, bottom - top, tint, slot);
		c.fillStyle = color("card");
		if (n && !slot.unfinished)
			c.fillRect(at.x, bottom - 1, at.width, 1);
	});
	if (down > 0)
		drawPart(c, at, zero, Math.round(g.toDomYCoord(-down)) - zero, "export", slot);
}

// A tick has an edge, so that it is seen on a bar.
function drawTick(c, g, i, v) {
	const at = place(g, i), y = Math.round(g.toDomYCoord(v)), x = at.x - at.over, width = at.width + 2 * at.over;
	c.fillStyle = color("card");
	if (at.step > 14)
		c.fillRect(x - 1, y - 2, width + 2, 4);
	c.fillStyle = color("ink");
	c.fillRect(x, y - 1, width, 2);
}

// Labels above the hatched bars, joined to them by a line.
function nameGaps(c, g, plot, slots) {
	const named = new Set();
	slots.forEach((slot, i) => {
		if (!slot.gap || named.has(slot.gap) || named.size && i < slots.findIndex((s) => named.has(s.gap)) + slots.length / 4)
			return;
		named.add(slot.gap);
		const x = g.toDomXCoord(i), y = plot.y + fontSize(), k = state.kind;
		const high = Math.max(slot.now[k.up] ?? 0, slot.before?.[k.up] ?? 0), text = `${word("no_readings")} ${gapTimes(slot.gap, state.period === "year")}`;
		c.font = font();
		const half = c.measureText(text).width / 2;
		c.fillStyle = color("gap");
		c.fillRect(Math.round(x), y + 5, 1, Math.max(0, g.toDomYCoord(high) - y - 9));
		halo(c, text, Math.min(Math.max(x, plot.x + half), plot.x + plot.w - half), y, "soft", "center");
	});
}

// The value above the highest bar that is finished.
function nameHighest(c, g, slots) {
	const v = (s) => s.now && !s.unfinished && !s.gap ? s.now[state.kind.up] ?? 0 : 0;
	const best = slots.reduce((m, s, i) => v(s) > v(slots[m]) ? i : m, 0), top = v(slots[best]);
	if (top <= 0)
		return;
	const other = slots[best].before?.[state.kind.up] ?? 0, y = g.toDomYCoord(top), tick = g.toDomYCoord(other);
	halo(c, number(top, top < .995 ? 2 : top < 99.95 ? 1 : 0), g.toDomXCoord(best), Math.abs(y - 6 - tick) < fontSize() && other > top ? tick - 6 : y - 6, "ink", "center", true);
}

function nameStart(c, g, plot, since) {
	if (!since)
		return;
	const x = g.toDomXCoord(since.slot - .5);
	vertical(c, x, plot, "gap", [3, 3]);
	if (!small())
		halo(c, since.words, x + 8, plot.y + fontSize(), "soft");
}

// o: slots, other (the name of the other period), since, selection
function barPlotter(o) {
	return (e) => {
		const c = e.drawingContext, g = e.dygraph, plot = e.plotArea, k = state.kind;
		c.save();
		if (o.selection())
			drawSelection(c, plot, ...o.selection().map((v, i) => g.toDomXCoord(v + (i ? .5 : -.5))));
		o.slots.forEach((slot, i) => slot.now && drawBar(c, g, i, slot));
		zeroLine(c, plot, g.toDomYCoord(0));
		const ticked = o.other ? o.slots : [], [low, high] = g.yAxisRange();
		ticked.forEach((slot, i) => {
			for (const [column, sign] of [[k.up, 1], ...(k.down && exportsPower() ? [[k.down, -1]] : [])])
				if (slot.before?.[column] > (high - low) * .004)
					drawTick(c, g, i, sign * slot.before[column]);
		});
		nameStart(c, g, plot, o.since);
		nameGaps(c, g, plot, o.slots);
		if (!o.slots.some((s) => s.gap))
			nameHighest(c, g, o.slots);
		c.restore();
	};
}

// The labels of the time axis, as many as fit.
function slotTicks(slots) {
	const every = { day: small() ? 4 : 2, week: 1, month: small() ? 5 : 1, year: small() ? 2 : 1 }[state.period];
	const is = (s, i) => state.period === "month" ? every === 1 || i === 0 || (i + 1) % every === 0
		: state.period === "day" ? Number(s.short) % every === 0 : i % every === 0;
	return slots.map((s, i) => ({ v: i, label: s.short, is: is(s, i) })).filter((t) => t.is);
}

function drawBars(slots, other, since) {
	const k = state.kind, both = (s, c) => Math.max(s.now?.[c] ?? 0, other ? s.before?.[c] ?? 0 : 0);
	const values = slots.flatMap((s) => [both(s, k.up), k.down ? -both(s, k.down) : 0]), px = $("chart").clientHeight;
	const [low, high] = heights(values, slots.some((s) => s.gap), px);
	const selection = () => state.selection?.slots;
	state.tariffs = hasTariffs(slots);
	plot("chart", {
		plotter: barPlotter({ slots, other, since, selection }), dateWindow: [-.6, slots.length - .4], valueRange: [low, high],
		axes: {
			x: { drawGrid: false, ticker: () => slotTicks(slots) },
			y: { axisLabelWidth: WALL ? 74 : 62, ticker: () => ticks(low, high, px, k.unit) },
		},
	});
}
