// Times of the house. A local time is kept as a Date whose UTC fields are the local
// ones, so that neither the browser's zone nor a change of the clock moves it.

const HOUR = 3600, DAY = 86400;
const two = (n) => String(n).padStart(2, "0");

// The server's clock, and the house's offset from UTC: the browser's until the first answer.
const server = { ahead: 0, offset: -60 * new Date().getTimezoneOffset() };
const nowMs = () => Date.now() + server.ahead;

// "2026-03-10 12:36:10", as p1web writes local times
function local(text) {
	const [y, m, d, h = 0, min = 0, s = 0] = text.split(/[- :T]/).map(Number);
	return new Date(Date.UTC(y, m - 1, d, h, min, s));
}

// Local time of an instant in seconds, near enough to now to have the same offset.
const localOf = (ts) => new Date(1000 * (ts + server.offset));
const localNow = () => localOf(nowMs() / 1000);

function takeServerTime({ at_ts, local_at }) {
	if (!local_at)
		return;
	server.ahead = Math.abs(1000 * at_ts - Date.now()) < 2000 ? 0 : 1000 * at_ts - Date.now();
	server.offset = Math.round(local(local_at) / 1000 - at_ts);
}

const iso = (d) => d.toISOString().slice(0, 10);
const clock = (d) => d.toISOString().slice(11, 16);
const seconds = (d) => d.toISOString().slice(11, 19);
const isToday = (d) => iso(d) === iso(localNow());
const dayOf = (d, move = 0) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate() + move));

const parts = (d) => ({
	weekday: word("weekdays")[d.getUTCDay()], day: d.getUTCDate(), year: d.getUTCFullYear(),
	month: word("months")[d.getUTCMonth()],
});
const longMonth = (d) => ({ ...parts(d), month: word("months_long")[d.getUTCMonth()] });
const dayMonth = (d) => fill("day_month", parts(d));
const longDay = (d) => fill("day_month", longMonth(d));
const longDate = (d) => fill("date", longMonth(d));
const dateOf = (d) => `${longDay(d)} ${d.getUTCFullYear()}`;
const weekdayDate = (d) => `${parts(d).weekday} ${dayMonth(d)}`;
const monthYear = (d) => fill("month_year", longMonth(d));

// A time today by its clock, another one with its date.
const moment = (d, form = clock) => isToday(d) ? form(d) : `${dayMonth(d)}, ${form(d)}`;
// "23–29 Nov", "28 Dec – 3 Jan"
function days(from, to) {
	if (iso(from) === iso(to))
		return dayMonth(to);
	return from.getUTCMonth() === to.getUTCMonth() ? `${from.getUTCDate()}${DASH}\u2060${dayMonth(to)}`
		: `${dayMonth(from)} ${DASH} ${dayMonth(to)}`;
}

// The number of the week by ISO 8601: that of its Thursday.
function weekNumber(d) {
	const thursday = dayOf(d, 3 - (d.getUTCDay() + 6) % 7);
	return 1 + Math.floor((thursday - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 1000 / DAY / 7);
}
