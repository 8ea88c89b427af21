// What axe-core finds in the page, for web_accessibility.bats.
//
//   node web_accessibility.mjs URL PROFILE all | first | plain
//
// `all`: every size, theme, language, period and medium. `first`: what is shown
// first. `plain`: the pages without JavaScript. Prints each finding; the status is
// 1 if there is any. P1_AXE is where npm installed axe-core and puppeteer-core.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [url, profile, what] = process.argv.slice(2);
const require = createRequire(process.env.P1_AXE + "/");
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const AHEAD_MS = 1000 * Number(process.env.P1_CLOCK_AHEAD ?? 0);

const SIZES = { phone: [390, 844], tablet: [1024, 768], desktop: [1440, 900] };
let findings = 0, looked = 0;

const browser = await puppeteer.launch({
	executablePath: process.env.P1_CHROMIUM ?? "/usr/bin/chromium",
	userDataDir: profile, pipe: true,
	args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--host-resolver-rules=MAP meter.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
let page;

// A tab of its own for each state: puppeteer loses count of the requests that a page
// was waiting for when it was left.
async function open() {
	await page?.close();
	page = await browser.newPage();
	await page.emulateTimezone("Europe/Amsterdam");
	await page.evaluateOnNewDocument((ahead) => {
		const Machine = Date, now = () => Machine.now() + ahead;
		Date = class extends Machine {
			constructor(...of) { super(...(of.length ? of : [now()])); }
			static now() { return now(); }
		};
	}, AHEAD_MS);
}

const settled = () => page.waitForNetworkIdle({ idleTime: 400, timeout: 60000 });

async function look(state) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => axe.run());
	looked++;
	for (const v of violations)
		for (const node of v.nodes) {
			findings++;
			console.log(`${state}: ${v.id}: ${v.help}\n  ${node.html}\n  ${node.failureSummary}`);
		}
}

async function show(path, size, theme, language) {
	const [width, height] = SIZES[size];
	await open();
	await page.setViewport({ width, height, isMobile: size === "phone", hasTouch: size !== "desktop" });
	await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
	await page.setExtraHTTPHeaders({ "Accept-Language": language });
	await page.goto(new URL(path, url), { waitUntil: "load", timeout: 60000 });
	await settled();
}

async function choose(select, value) {
	await page.evaluate((select, value) => {
		const e = document.getElementById(select);
		e.value = value;
		e.dispatchEvent(new Event("change", { bubbles: true }));
	}, select, value);
	await settled();
}

const options = (select) => page.evaluate((select) =>
	[...document.getElementById(select)?.options ?? []].map((o) => o.value), select);

// What is folded away counts, too.
const unfold = () => page.evaluate(() => {
	for (const e of document.querySelectorAll("details"))
		e.open = true;
});

// Each period of each medium, with everything unfolded.
async function periods(theme) {
	const names = (id) => page.$$eval(`#${id} button`, (all) => all.map((e) => e.dataset.name));
	const press = (name) => page.click(`[data-name="${name}"]`).then(settled);

	await show("/", "desktop", theme, "en");
	for (const medium of await names("kinds")) {
		await press(medium);
		for (const period of await names("periods")) {
			await press(period);
			await unfold();
			await look(`${theme}, ${medium}, ${period}`);
		}
	}
	await press("electricity");
	await press("day");
	for (const form of await names("forms")) {
		await press(form);
		await page.focus("#chart");
		await page.keyboard.press("ArrowLeft");
		await settled();
		await look(`${theme}, a selection in ${form}`);
	}
}

async function first(sizes = Object.keys(SIZES)) {
	for (const size of sizes)
		for (const theme of ["light", "dark"]) {
			await show("/", size, theme, "en");
			for (const language of await options("language")) {
				await choose("language", language);
				await look(`${size}, ${theme}, ${language}`);
			}
		}
}

const parts = {
	first: () => first(["phone", "desktop"]),
	async all() {
		await first();
		await periods("light");
		await periods("dark");
		await show("/?view=wall", "tablet", "dark", "en");
		await look("wall");
	},
	async plain() {
		const other = new URL(url);
		other.hostname = "meter.example";
		for (const theme of ["light", "dark"])
			for (const language of ["en", "nl"])
				for (const path of ["/plain", "/login", other.href]) {
					await show(path, "phone", theme, language);
					await look(`${path}, ${theme}, ${language}`);
				}
	},
};

try {
	await parts[what]();
} finally {
	await browser.close();
}
console.log(`${looked} states, ${findings} findings`);
process.exitCode = findings > 0 || looked === 0 ? 1 : 0;
