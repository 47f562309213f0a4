// The line to the server: a WebSocket that comes back, and plain requests while it cannot.
const WAITS = [500, 1000, 2000, 4000, 8000, 15000];
const SILENCE = 50000;
const STALE = 30000;
const PATIENCE = 8000;
const LEFT = 4401;

export class Live {
  constructor({ onLines, onUp, onDown, onLeft }) {
    Object.assign(this, { onLines, onUp, onDown, onLeft });
    this.tries = 0;
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.lose());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && Date.now() - this.heardAt > STALE) this.now();
    });
    this.now();
  }

  now() {
    this.tries = 0;
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    this.drop();
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/chat/live`);
    this.socket = socket;
    this.listen();
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.socket) return;
      this.tries = 0;
      this.listen();
      this.hear(JSON.parse(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket !== this.socket) return;
      if (code === LEFT) this.onLeft();
      else this.lose();
    });
  }

  // A socket that says nothing for long is dead, whatever it claims.
  listen() {
    this.heardAt = Date.now();
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.lose(), SILENCE);
  }

  hear({ talk, lines }) {
    this.onUp();
    this.onLines(talk, lines);
  }

  drop() {
    clearTimeout(this.watch);
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.close();
  }

  lose() {
    this.drop();
    if (!navigator.onLine) this.onDown();
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), wait * (0.8 + 0.4 * Math.random()));
    this.catchUp();
  }

  // Read the lines by a plain request: some networks let no WebSocket through.
  async catchUp() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch("/chat/lines", { signal: stop.signal, cache: "no-store" });
      if (answer.status === 401) this.onLeft();
      else if (answer.ok) this.hear(await answer.json());
      else this.onDown();
    } catch {
      this.onDown();
    } finally {
      clearTimeout(timer);
    }
  }
}
