// What all charts share: a frame with axes and grid, in which a plotter draws.

const charts = {};

function plot(id, options) {
	charts[id]?.destroy();
	charts[id] = new Frame($(id), options);
}

function clear(id) {
	charts[id]?.destroy();
	delete charts[id];
}

const fontSize = () => WALL ? 16 : small() ? 12 : 12.5;
const font = (heavy) => `${heavy ? "600 " : ""}${fontSize()}px system-ui, sans-serif`;

// Text with an edge of the card's colour, readable over a bar.
function halo(c, text, x, y, tint, align = "left", heavy = false) {
	Object.assign(c, { font: font(heavy), textAlign: align, lineWidth: 4, lineJoin: "round", strokeStyle: color("card") });
	c.strokeText(text, x, y);
	c.fillStyle = color(tint);
	c.fillText(text, x, y);
}

// Lines at 45 degrees, to fill with.
function hatch(c, tint, step = 6) {
	const tile = document.createElement("canvas"), r = devicePixelRatio || 1, t = tile.getContext("2d");
	tile.width = tile.height = Math.round(step * r);
	t.scale(tile.width / step, tile.width / step);
	t.strokeStyle = tint;
	t.beginPath();
	for (const o of [-step, 0, step]) {
		t.moveTo(o - 1, step + 1);
		t.lineTo(o + step + 1, -1);
	}
	t.stroke();
	const pattern = c.createPattern(tile, "repeat");
	pattern.setTransform(new DOMMatrix().scale(step / tile.width));
	return pattern;
}

function vertical(c, x, area, tint, dash = []) {
	c.strokeStyle = color(tint);
	c.lineWidth = 1;
	c.setLineDash(dash);
	c.beginPath();
	c.moveTo(Math.round(x) + .5, area.y);
	c.lineTo(Math.round(x) + .5, area.y + area.h);
	c.stroke();
	c.setLineDash([]);
}

function zeroLine(c, area, y) {
	c.fillStyle = color("zero");
	c.fillRect(area.x, Math.round(y), area.w, 1);
}

// Three to seven ticks at 1, 2 or 5 times a power of ten; no sign below zero; the
// unit once, on the outermost.
function ticks(low, high, px, unit, scale = 1) {
	const [a, b] = [low / scale, high / scale], ten = 10 ** Math.floor(Math.log10((b - a) / 10));
	const steps = [1, 2, 5, 10, 20, 50].map((k) => k * ten), count = (s) => Math.floor(b / s) - Math.ceil(a / s) + 1;
	const first = steps.findIndex((s) => count(s) <= Math.max(3, Math.floor(px / 60))), list = [];
	const step = count(steps[first]) < 3 && px > 200 ? steps[first - 1] : steps[first];
	for (let i = Math.ceil(a / step - 1e-9); i * step <= b + 1e-9; i++)
		list.push(i * step);
	const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), named = list.at(-1) > 0 ? list.at(-1) : list[0];
	return list.map((v) => ({ v: v * scale, label: number(Math.abs(v), v === 0 ? 0 : Math.min(digits, 3)) + (v === named ? NO_BREAK + unit : "") }));
}

// Room above and below what is drawn: above, that of a line of text; more where a
// gap is named.
function heights(values, named, px) {
	const high = Math.max(0, ...values), low = Math.min(0, ...values) * 1.15, line = Math.min(.2, 20 / px);
	return high === low ? [0, 1] : [low, Math.max(high * (named ? 1.22 : 1.12), (high - line * low) / (1 - line))];
}

// The selected part: a tint, and edges with handles.
function drawSelection(c, area, x0, x1) {
	c.fillStyle = color("import");
	c.globalAlpha = .13;
	c.fillRect(x0, area.y, x1 - x0, area.h);
	c.globalAlpha = 1;
	for (const x of [x0, x1]) {
		c.fillRect(Math.round(x) - 1, area.y, 2, area.h);
		c.beginPath();
		c.arc(x, area.y + area.h - 14, 7, 0, 7);
		c.fill();
	}
}
