"""Chromium over its DevTools protocol, through two pipes: no library but Python's.

    from web_chromium import Chromium
    with Chromium(profile_folder) as c:
        c.open("http://127.0.0.1:5002/")
        c.wait("document.title")

What the page asks for is in c.requests, how many bytes came, with their headers, in
c.bytes, what went wrong in c.errors. No name but
this machine's addresses is known to it.
"""
import base64
import json
import os
import select
import subprocess
import time

PATIENCE_S = 60  # for a machine that has much else to do

# JavaScript: a clock that is so many seconds ahead.
CLOCK = """{
    const Machine = Date, now = () => Machine.now() + 1000 * %d;
    Date = class extends Machine {
        constructor(...of) { super(...(of.length ? of : [now()])); }
        static now() { return now(); }
    };
}"""


class Navigated(Exception):
    """The page that was asked is gone."""


class Chromium:
    def __init__(self, profile, *options):
        to_read, self.to = os.pipe()
        self.by, to_write = os.pipe()
        # It reads its descriptor 3 and writes its descriptor 4.
        script = 'exec "$@" 3<&%d 4>&%d' % (to_read, to_write)
        self.process = subprocess.Popen(
            ["bash", "-c", script, "-", "chromium", "--headless=new",
             "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--remote-debugging-pipe", "--no-first-run",
             "--user-data-dir=" + profile, "--disable-background-networking",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
             *options],
            pass_fds=(to_read, to_write), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.count, self.buffer, self.session = 0, b"", None
        self.answers, self.errors, self.requests = {}, [], []
        self.bytes = 0

    def __enter__(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.call(domain + ".enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def read(self, seconds):
        if not select.select([self.by], [], [], seconds)[0]:
            return
        got = os.read(self.by, 1 << 20)
        assert got, "Chromium has ended"
        self.buffer += got
        *whole, self.buffer = self.buffer.split(b"\0")
        for text in whole:
            self.take(json.loads(text))

    def take(self, m):
        p = m.get("params", {})
        if "id" in m:
            self.answers[m["id"]] = m
        elif m["method"] == "Runtime.exceptionThrown":
            d = p["exceptionDetails"]
            self.errors.append(d.get("exception", {}).get("description", d["text"]))
        elif m["method"] == "Runtime.consoleAPICalled":
            self.errors.append(f"console.{p['type']}: {p['args']}")
        elif (m["method"] == "Log.entryAdded" and
              p["entry"]["level"] in ("warning", "error")):
            self.errors.append(f"{p['entry']['text']} {p['entry'].get('url', '')}")
        elif m["method"] == "Network.requestWillBeSent":
            self.requests.append(p["request"]["url"])
        elif m["method"] == "Network.loadingFinished":
            self.bytes += p["encodedDataLength"]
        elif m["method"] == "Network.webSocketCreated":
            self.requests.append(p["url"])

    def call(self, method, **params):
        self.count += 1
        m = {"id": self.count, "method": method, "params": params}
        if self.session:
            m["sessionId"] = self.session
        os.write(self.to, json.dumps(m).encode() + b"\0")
        end = time.monotonic() + PATIENCE_S
        while m["id"] not in self.answers:
            assert time.monotonic() < end, f"no answer to {method}"
            self.read(1)
        answer = self.answers.pop(m["id"])
        if "navigated" in answer.get("error", {}).get("message", ""):
            raise Navigated(method)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def set_clock(self, ahead_s, zone):
        """The clock of pages opened from now on."""
        self.call("Emulation.setTimezoneOverride", timezoneId=zone)
        self.call("Page.addScriptToEvaluateOnNewDocument", source=CLOCK % ahead_s)

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def get(self, expression, **where):
        """What a JavaScript expression is, also a promise."""
        r = self.call("Runtime.evaluate", expression=expression,
                      returnByValue=True, awaitPromise=True, **where)
        assert "exceptionDetails" not in r, f"{expression}: {r['exceptionDetails']}"
        return r["result"].get("value")

    def wait(self, expression, **where):
        """Until it is true; what it is then."""
        end = time.monotonic() + PATIENCE_S
        while not (value := self.try_get(expression, **where)):
            assert time.monotonic() < end, f"in vain: {expression}; {self.errors}"
            self.read(0.05)
        return value

    def try_get(self, expression, **where):
        """What it is; False if it throws, or if another page takes its place."""
        try:
            return self.get(f"(() => {{ try {{ return {expression}; }} catch (e) {{ return false; }} }})()", **where)
        except Navigated:
            return False

    def text(self, selector):
        return self.get(f"document.querySelector({selector!r}).innerText")

    def click(self, selector):
        self.get(f"document.querySelector({selector!r}).click()")

    def key(self, key, code=0, text=""):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code,
                      **({"text": text} if text and kind == "keyDown" else {}))

    def type(self, text):
        self.call("Input.insertText", text=text)

    def box(self, selector):
        """left, top, width, height where the mouse is counted"""
        self.get(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        return self.get(f"(r => [r.x, r.y, r.width, r.height])(document.querySelector({selector!r}).getBoundingClientRect())")

    def mouse(self, kind, x, y, clicks=1):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                  buttons=0 if kind == "mouseReleased" else 1, clickCount=clicks)

    def drag(self, selector, begin, end):
        """From one part of the width to another."""
        left, top, width, height = self.box(selector)
        y = top + height / 2
        self.mouse("mousePressed", left + width * begin, y)
        for i in range(1, 6):
            self.mouse("mouseMoved", left + width * (begin + (end - begin) * i / 5), y)
        self.mouse("mouseReleased", left + width * end, y)

    def size(self, width, height, mobile=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=1, mobile=mobile)

    def dark(self, on):
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if on else "light"}])

    def shoot(self, path):
        png = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        with open(path, "wb") as f:
            f.write(base64.b64decode(png["data"]))
