// A day as the curve of its power: rows of five minutes, beside a usual day.

const STEP = 300;

// Local seconds of the day at an instant, by the hours from p1web.
function dayClock({ now }) {
	const shift = now.end_ts - now.start_ts - DAY;
	const moved = now.rows.find((r) => r.start_ts - now.start_ts !== HOUR * Number(r.slot.slice(0, 2)) && !r.slot.endsWith("again"))
		?? now.rows.find((r) => r.slot.endsWith("again"));
	const change = !shift ? Infinity : shift > 0 && moved ? now.rows.find((r) => r.slot.endsWith("again"))?.start_ts ?? moved.start_ts
		: moved?.start_ts ?? now.start_ts + 2 * HOUR + Math.max(0, shift);
	return {
		at: (ts) => ts - now.start_ts - (ts >= change ? shift : 0),
		// The instant of a local time; the first one if it occurs twice.
		instant: (s) => { const ts = now.start_ts + s; return ts < change ? ts : Math.max(change, ts + shift); },
	};
}

const nameTime = (s) => `${two(Math.floor(s / HOUR) % 25)}:${two(Math.floor(s % HOUR / 60))}`;

// Rows of power, each up to the next one, unless that is far.
function powerRows(list, until) {
	const apart = list.slice(1).map((r, i) => r.ts - list[i].ts), step = Math.max(STEP, apart.length ? middle(apart) : STEP);
	return list.map((r, i) => {
		const next = list[i + 1]?.ts ?? Infinity, w = (r.import_w ?? 0) - (r.export_w ?? 0);
		return { at: r.ts, end: Math.min(next - r.ts > 1.5 * step ? r.ts + step : next, until), w, top: Math.max(w, (r.import_max_w ?? r.import_w ?? 0) - (r.export_w ?? 0)) };
	});
}

// The readings since the last commit, as one row.
function tail(list) {
	const more = isRunning() && powerLater(), last = list.at(-1);
	if (!more || !last)
		return [];
	const at = Math.max(more.from, last.ts);
	return more.to - at > 1 && more.to - at < HOUR ? [{ at, end: more.to, w: more.w, top: more.w }] : [];
}

// Cut off the part of a gap that p1web's steps cover.
function cutGaps(rows, gaps) {
	return rows.map((r) => {
		const gap = gaps.find((g) => g.from < r.end && g.to > r.at);
		return !gap ? r : gap.from > r.at ? { ...r, end: gap.from } : { ...r, at: Math.min(r.end, gap.to) };
	}).filter((r) => r.end > r.at);
}

function gapWords(gap) {
	const list = columnsOf(state.kind).filter(([c]) => gap[c] > 0).map(([c, n]) => [fill("in_all", { amount: amount(gap[c], state.kind.unit) }), n === state.kind.name ? n : `${n}-text`]);
	return [[word("no_readings"), "soft"], [gap.open ? fill("since_clock", { time: clock(local(gap.local_start)) }) : gapTimes(gap), "soft"], ...list.slice(0, 2)];
}

function dayGaps(view, end) {
	return view.gaps.map((g) => ({ from: Math.max(g.start_ts, view.answer.now.start_ts), to: Math.min(g.end_ts, end), words: gapWords(g) }))
		.filter((g) => g.to > g.from);
}

// The dash: a usual day by the clock, or another day moved to this one.
function dashOf(view) {
	const { start_ts, end_ts } = view.answer.now;
	if (view.other === "usual") {
		const by = new Map((view.usual?.power ?? []).map((p) => [p.slot_s, p.w])), list = [];
		for (let ts = start_ts; ts < end_ts; ts += STEP) {
			const w = by.get(view.clock.at(ts));
			if (w !== undefined && (ts - start_ts) / STEP % 3 === 1)
				list.push({ at: ts + STEP / 2, w });
		}
		return list.length ? list : null;
	}
	const before = view.otherPower ?? [], start = view.answer.before?.start_ts;
	return before.length ? before.map((r) => ({ at: r.ts - start + start_ts + 450, w: (r.import_w ?? 0) - (r.export_w ?? 0) })) : null;
}

// The highest power of the day, where it is drawn.
function peakOf(rows, highest) {
	if (!rows.length)
		return null;
	const top = rows.reduce((m, r) => r.top > m.top ? r : m), row = highest ? rows.find((r) => r.at <= highest.ts && highest.ts < r.end) ?? top : top;
	return { at: (row.at + row.end) / 2, row, w: highest?.w ?? top.top };
}

function dayTicks(view) {
	const { start_ts, end_ts } = view.answer.now, every = small() ? 4 : 2, list = [];
	for (let ts = start_ts; ts <= end_ts; ts += HOUR) {
		const h = view.clock.at(ts) / HOUR;
		if (h % every === 0)
			list.push({ v: ts, label: ts === end_ts ? (small() ? "" : "24") : two(h) });
	}
	return list;
}

function drawDay(view) {
	const { start_ts, end_ts } = view.answer.now, running = isRunning(), now = running ? nowMs() / 1000 : end_ts;
	const gaps = dayGaps(view, now), rows = cutGaps(powerRows(view.power, now), gaps).concat(tail(view.power)), usual = dashOf(view);
	const peak = peakOf(rows, view.peaks?.highest);
	view.step = rows.length > 1 ? Math.max(STEP, middle(rows.map((r) => r.end - r.at))) : STEP;
	if (peak)
		peak.words = fill("peak_at", { power: power(peak.w), time: view.peaks?.highest ? clock(local(view.peaks.highest.local_time)) : nameTime(view.clock.at(peak.row.at)) });
	view.peak = peak;
	const values = rows.flatMap((r) => [r.w, r.top]).concat(peak?.w ?? 0, usual?.map((p) => p.w) ?? []);
	const px = $("chart").clientHeight, [low, high] = heights(values.concat(100), false, px), kilo = Math.max(high, -low) >= 1000;
	plotNear("chart", rows, {
		plotter: curvePlotter({ rows, gaps, usual, peak, tops: true, now: running ? now : 0, selection: () => state.selection?.times }),
		dateWindow: [start_ts, end_ts], valueRange: [low, high],
		axes: {
			x: { drawGrid: true, ticker: () => dayTicks(view) },
			y: { axisLabelWidth: WALL ? 74 : 58, ticker: () => ticks(low, high, px, kilo ? "kW" : "W", kilo ? 1000 : 1) },
		},
	});
}
