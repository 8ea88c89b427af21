// The plotter of power over time. A row is { at, end, w, top }: the mean of the time
// from `at` to `end` in seconds, and the highest power in it.

// Rows from one gap to the next.
function runsOf(rows) {
	const runs = [];
	rows.forEach((r, i) => {
		if (i === 0 || r.at > rows[i - 1].end)
			runs.push([]);
		runs.at(-1).push(r);
	});
	return runs;
}

// The area between zero and `pick` of each row.
function area(c, g, run, pick, tint, alpha) {
	const X = (v) => g.toDomXCoord(v), Y = (v) => g.toDomYCoord(v);
	c.fillStyle = color(tint);
	c.globalAlpha = alpha;
	c.beginPath();
	c.moveTo(X(run[0].at), Y(0));
	for (const r of run) {
		c.lineTo(X(r.at), Y(pick(r)));
		c.lineTo(X(r.end), Y(pick(r)));
	}
	c.lineTo(X(run.at(-1).end), Y(0));
	c.fill();
	c.globalAlpha = 1;
}

// The line over the rows of one direction.
function steps(c, g, run, is, tint) {
	Object.assign(c, { strokeStyle: color(tint), lineWidth: 1.5, lineJoin: "round" });
	c.beginPath();
	let on = false;
	for (const r of run) {
		const y = g.toDomYCoord(r.w), x = g.toDomXCoord(r.at);
		if (is(r.w)) {
			c[on ? "lineTo" : "moveTo"](x, y);
			c.lineTo(g.toDomXCoord(r.end), y);
		}
		on = is(r.w);
	}
	c.stroke();
}

function fillGap(c, g, plot, gap) {
	const [x0, x1] = [gap.from, gap.to].map((v) => Math.max(plot.x, Math.min(plot.x + plot.w, g.toDomXCoord(v))));
	c.fillStyle = hatch(c, color("gap"));
	c.globalAlpha = .55;
	c.fillRect(x0, plot.y, x1 - x0, plot.h);
	c.globalAlpha = 1;
	vertical(c, x0, plot, "gap");
	vertical(c, x1, plot, "gap");
}

// Put the label of a gap in it if it fits, else beside it.
function nameGap(c, g, plot, gap, taken) {
	const x0 = g.toDomXCoord(gap.from), x1 = g.toDomXCoord(gap.to), high = fontSize() + 4;
	c.font = font();
	const lines = small() ? gap.words.slice(0, 1) : gap.words, wide = Math.max(...lines.map(([t]) => c.measureText(t).width));
	const inside = wide + 14 < x1 - x0, left = !inside && (small() || x1 + wide + 14 > plot.x + plot.w);
	const [x, align] = inside ? [(x0 + x1) / 2, "center"] : left ? [x0 - 6, "right"] : [x1 + 7, "left"];
	const begin = { center: x - wide / 2, right: x - wide, left: x }[align], meets = taken && begin < taken.x1 && begin + wide > taken.x0;
	const top = meets && taken.y1 - plot.y < plot.h / 2 ? taken.y1 : plot.y;
	lines.forEach(([text, tint], i) => halo(c, text, x, top + high * (i + 1) - 2, tint, align));
}

function dashed(c, g, list) {
	Object.assign(c, { strokeStyle: color("ink"), lineWidth: 1.5, globalAlpha: .9 });
	c.setLineDash([5, 4]);
	c.beginPath();
	list.forEach((p, i) => c[i ? "lineTo" : "moveTo"](g.toDomXCoord(p.at), g.toDomYCoord(p.w)));
	c.stroke();
	c.setLineDash([]);
	c.globalAlpha = 1;
}

// Put the peak's label on the side that has neither a gap nor the line of now.
function peakBox(c, g, plot, { at, w, words }, o) {
	const x = g.toDomXCoord(at), y = g.toDomYCoord(w);
	c.font = font(true);
	const wide = c.measureText(words).width + 14, busy = [...o.gaps.filter((q) => q.from >= at).map((q) => q.from), ...(o.now > at ? [o.now] : [])];
	const free = Math.min(plot.x + plot.w, ...busy.map((v) => g.toDomXCoord(v))), left = x + wide > free && x - wide > plot.x;
	return { left, x, y, x0: left ? x - wide : x, x1: left ? x : x + wide, y1: y + fontSize() };
}

function drawPeak(c, { x, y, left }, words) {
	for (const [r, tint] of [[5.5, "card"], [4, "import-text"]]) {
		c.fillStyle = color(tint);
		c.beginPath();
		c.arc(x, y, r, 0, 7);
		c.fill();
	}
	halo(c, words, x + (left ? -10 : 10), y + 4, "ink", left ? "right" : "left", true);
}

function drawNow(c, g, plot, now) {
	vertical(c, g.toDomXCoord(now), plot, "ink");
	halo(c, word("now").toLowerCase(), g.toDomXCoord(now) + 5, plot.y + fontSize(), "ink");
}

// o: rows, gaps, and if there are: usual, peak, now, selection
function curvePlotter(o) {
	return (e) => {
		const c = e.drawingContext, g = e.dygraph, plot = e.plotArea;
		c.save();
		c.beginPath();
		c.rect(plot.x, plot.y - 4, plot.w, plot.h + 8);
		c.clip();
		for (const gap of o.gaps)
			fillGap(c, g, plot, gap);
		for (const run of runsOf(o.rows)) {
			if (o.tops)
				area(c, g, run, (r) => Math.max(0, r.top), "import-pale", 1);
			area(c, g, run, (r) => Math.max(0, r.w), "import", .62);
			area(c, g, run, (r) => Math.min(0, r.w), "export", .68);
			steps(c, g, run, (w) => w >= 0, "import");
			steps(c, g, run, (w) => w < 0, "export");
		}
		zeroLine(c, plot, g.toDomYCoord(0));
		if (o.usual)
			dashed(c, g, o.usual);
		if (o.selection?.())
			drawSelection(c, plot, ...o.selection().map((v) => g.toDomXCoord(v)));
		c.restore();
		if (o.now)
			drawNow(c, g, plot, o.now);
		const box = o.peak && peakBox(c, g, plot, o.peak, o);
		for (const gap of o.gaps.filter((q) => q.words))
			nameGap(c, g, plot, gap, box);
		if (o.peak)
			drawPeak(c, box, o.peak.words);
	};
}

// The curve of the last hour.
const LINE_MAX = 4000;

function addToLine(ms, w) {
	state.lineLive ??= ms;
	if (ms > (state.line.at(-1)?.[0] ?? 0))
		state.line.push([ms, w]);
}

function lineTicks(from, to) {
	const list = [];
	for (let t = Math.ceil((from + server.offset) / 900) * 900 - server.offset; t < to; t += 900)
		if (t - from > 120 && to - t > 120)
			list.push({ v: t, label: clock(localOf(t)) });
	return list;
}

function drawLine() {
	const to = nowMs() / 1000, from = to - HOUR, silent = lateness() === "silent";
	state.line = state.line.filter((p) => p[0] >= 1000 * from).slice(-LINE_MAX);
	$("line").classList.toggle("empty", state.line.length < 2);
	if (WALL || state.line.length < 2)
		return clear("line");
	const apart = middle(state.line.slice(1).map((p, i) => p[0] - state.line[i][0])) / 1000;
	const more = powerLater(), rows = state.line.map(([ms, w], i) => {
		const at = ms / 1000, next = state.line[i + 1] ? state.line[i + 1][0] / 1000 : at + apart;
		return { at, end: next - at > Math.max(60, 3 * apart) ? at + apart : next, w };
	});
	// Between the stored and the live readings, the counters give the mean.
	const hole = more ? rows.findIndex((r, i) => i > 0 && r.at > more.from && rows[i - 1].end < r.at && rows[i - 1].end > more.from - 60) : -1;
	if (hole > 0)
		rows.splice(hole, 0, { at: rows[hole - 1].end, end: rows[hole].at, w: more.w });
	const px = $("line").clientHeight, [low, high] = heights(rows.map((r) => r.w).concat(100), false, Infinity);
	plot("line", {
		plotter: curvePlotter({ rows, gaps: silent ? [{ from: rows.at(-1).end, to }] : [] }), dateWindow: [from, to], valueRange: [low, high],
		axes: {
			x: { drawGrid: false, ticker: () => lineTicks(from, to) },
			y: { axisLabelWidth: 52, ticker: () => ticks(low, high, Math.min(px, 130), "kW", 1000) },
		},
	});
}
