// Axes, grid and coordinates on a canvas, under the names that dygraphs has for them:
// for bars, and for curves until a person looks closer.

class Frame {
	constructor(box, options) {
		Object.assign(this, { box, options, canvas: element("canvas") });
		box.replaceChildren(this.canvas);
		this.resizes = new ResizeObserver(() => this.isResized() && this.updateOptions());
		this.resizes.observe(box);
		this.updateOptions();
	}

	destroy() {
		this.resizes.disconnect();
		this.canvas.remove();
	}

	isResized() {
		return this.width !== this.box.clientWidth || this.height !== this.box.clientHeight;
	}

	// Draw again. The name is dygraphs'.
	updateOptions() {
		const { box, canvas, options: { axes, plotter } } = this, c = canvas.getContext("2d"), r = devicePixelRatio || 1;
		[this.width, this.height] = [box.clientWidth, box.clientHeight];
		[canvas.width, canvas.height] = [this.width * r, this.height * r];
		c.scale(r, r);
		const left = axes.y.axisLabelWidth + 6, area = this.area = { x: left, y: 0, w: Math.max(1, this.width - left - 14), h: Math.max(1, this.height - 20) };
		this.drawAxis(c, axes.y, (v) => [[area.x, this.toDomYCoord(v)], [area.x + area.w, this.toDomYCoord(v)]], { textAlign: "right", textBaseline: "middle" }, [-7, 0]);
		this.drawAxis(c, axes.x, (v) => [[this.toDomXCoord(v), area.h], [this.toDomXCoord(v), 0]], { textAlign: "center", textBaseline: "top" }, [0, 6]);
		c.textBaseline = "alphabetic";
		plotter({ drawingContext: c, dygraph: this, plotArea: area });
	}

	// A line of the grid for each tick, and its label beside the beginning of the line.
	drawAxis(c, { ticker, drawGrid = true }, line, align, [right, down]) {
		Object.assign(c, { font: font(), fillStyle: color("soft"), ...align });
		for (const { v, label } of ticker()) {
			const [[x, y], end] = line(v);
			if (drawGrid)
				hairline(c, [x, y], end);
			c.fillText(label, x + right, Math.max(y + down, fontSize() / 2 + 1));
		}
	}

	toDomXCoord(v) {
		const { area, options: { dateWindow: [from, to] } } = this;
		return area.x + (v - from) / (to - from) * area.w;
	}

	toDataXCoord(x) {
		const { area, options: { dateWindow: [from, to] } } = this;
		return from + (x - area.x) / area.w * (to - from);
	}

	toDomYCoord(v) {
		const { area, options: { valueRange: [low, high] } } = this;
		return area.y + (high - v) / (high - low) * area.h;
	}

	yAxisRange() {
		return this.options.valueRange;
	}
}

function hairline(c, [x0, y0], [x1, y1]) {
	Object.assign(c, { strokeStyle: color("grid"), lineWidth: .6 });
	c.beginPath();
	c.moveTo(Math.round(x0) + .5, Math.round(y0) + .5);
	c.lineTo(Math.round(x1) + .5, Math.round(y1) + .5);
	c.stroke();
}
