// Start the page: language, colours, periodic requests, and the controls.

const remember = (name, value) => { try { localStorage.setItem(name, value); } catch (e) { /* private mode */ } };
const remembered = (name) => { try { return localStorage.getItem(name); } catch (e) { return null; } };

const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const themeNow = () => $("theme").value === "auto" ? (darkSystem.matches ? "dark" : "light") : $("theme").value;

// The style has one table of dark colours, for a system that prefers them; a choice
// of the user turns it on or off.
function showTheme() {
	const media = { auto: "(prefers-color-scheme: dark)", dark: "all", light: "not all" }[document.body.classList.contains("printing") ? "light" : $("theme").value];
	for (const sheet of document.styleSheets)
		for (const rule of sheet.cssRules)
			if (rule === state.darkRule || (rule.media && /prefers-color-scheme: dark/.test(rule.conditionText))) {
				state.darkRule = rule;
				rule.media.mediaText = media;
			}
}

function speak() {
	document.documentElement.lang = lang;
	for (const e of document.querySelectorAll("[data-word]"))
		e.textContent = word(e.dataset.word);
	for (const e of document.querySelectorAll("[data-label]"))
		e.setAttribute("aria-label", word(e.dataset.label));
	$("wall").textContent = word(WALL ? "everything" : "wall");
}

// The first document has everything that the page shows about now and today.
async function refresh() {
	const docs = await ask(`page?period=day&with=${state.with.day ?? "usual"}`).catch((e) => {
		if (!state.view)
			showEmpty(e.said);
		throw e;
	});
	state.said = undefined;
	takeServerTime(docs);
	if (state.at_reading)
		docs.readings = state.docs.readings;
	Object.assign(state.docs, docs);
	if (!hasPower() && state.kind === KINDS[0])
		state.kind = KINDS.find((k) => kindsKnown().includes(k) && k !== KINDS[0]) ?? state.kind;
	if (docs.line)
		startLine(docs.line.rows);
	if (docs.current && Date.parse(docs.current.time) > state.last)
		showOld(docs.current);
	showDocs();
	if (!state.view || isRunning())
		await showHistory();
}

function showDocs() {
	document.body.classList.toggle("no-power", !hasPower());
	if (state.reading)
		showPower();
	showTotals();
	showRegisters();
	showPeaks();
	showFacts();
	showNotices();
	showMeters();
	showContact();
}

// The stored readings of the last hour, before the live ones.
function startLine(rows) {
	const apart = rows.slice(1).map((r, i) => r.ts - rows[i].ts), first = state.lineLive ?? Infinity;
	if (apart.length > 0 && !state.intervals)
		state.interval = middle(apart);
	state.line = rows.map((r) => [1000 * r.ts, (r.import_w ?? 0) - (r.export_w ?? 0)]).filter(([ms]) => ms < first)
		.concat(state.line.filter(([ms]) => ms >= first));
	drawLine();
}

// If the language or the colours change, show everything again.
function showAll() {
	showTheme();
	speak();
	drawLine();
	showDocs();
	if (state.view) {
		state.view.name = nameOther(state.view.other);
		state.view.slots = slotsOf(state.view.answer, state.view.gaps);
		drawHistory();
	}
}

addEventListener("error", (e) => showBroken(e.error ?? e));
addEventListener("unhandledrejection", (e) => showBroken(e.reason));

$("back").addEventListener("click", () => move(-1));
$("forth").addEventListener("click", () => move(1));
$("span").addEventListener("click", () => { state.at = null; changePeriod(); });
$("compare").addEventListener("change", () => {
	state.with[state.period] = $("compare").value;
	quietly(showHistory);
});
$("copy").addEventListener("click", copyReadings);
$("to-now").addEventListener("click", readNow);
for (const id of ["at-day", "at-time"])
	$(id).addEventListener("change", chooseReadings);
for (const type of ["pointerenter", "focus"])
	$("chart").addEventListener(type, drawNear);
$("chart").addEventListener("pointerdown", startSelection);
$("chart").addEventListener("pointermove", moveSelection);
$("chart").addEventListener("keydown", keySelection);
for (const type of ["pointerup", "pointercancel"])
	addEventListener(type, endSelection);
$("selection").addEventListener("change", chooseTimes);
$("selection").addEventListener("click", (e) => e.target.id === "open" && openSlot());
$("language").addEventListener("change", () => {
	lang = $("language").value;
	remember("language", lang);
	showAll();
});
$("theme").addEventListener("change", () => {
	remember("theme", $("theme").value);
	showAll();
});
darkSystem.addEventListener("change", showAll);
// Paper is light, and as wide as the style says. What is drawn at this moment would
// be printed empty, but not an image of it.
for (const type of ["beforeprint", "afterprint"])
	addEventListener(type, () => {
		document.body.classList.toggle("printing", type === "beforeprint");
		showTheme();
		if (state.view)
			drawHistory();
		for (const c of type === "beforeprint" ? $("chart").querySelectorAll("canvas") : [])
			c.replaceWith(element("img", "", { src: c.toDataURL(), alt: "", width: c.clientWidth, height: c.clientHeight }));
	});

lang = [remembered("language"), ...navigator.languages.map((l) => l.slice(0, 2)), "en"].find((l) => l in WORDS);
$("language").append(...Object.entries(WORDS).map(([name, words]) => element("option", words.name, { value: name, lang: name })));
$("language").value = lang;
$("theme").value = ["light", "dark"].find((t) => t === remembered("theme")) ?? "auto";
document.body.classList.toggle("wall", WALL);
$("wall").href = WALL ? "./" : "?view=wall";
showTheme();
speak();
quietly(refresh);
listen();
setInterval(showContact, 1000);
// The stored readings grow, unless a person looks at a past period.
setInterval(() => quietly(refresh), 60000);
