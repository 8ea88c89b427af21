
// The page: its language, what it asks again, and the controls.

const failed = new Map(); // to be retried
const RETRY = 5000;

function speak() {
	document.documentElement.lang = lang;
	for (const e of document.querySelectorAll("[data-word]"))
		e.textContent = word(e.dataset.word);
	for (const e of document.querySelectorAll("[data-label]"))
		e.setAttribute("aria-label", word(e.dataset.label));
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
$("compare").addEventListener("change", () => {
	state.with = $("compare").value;
	quietly(showHistory);
});
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
