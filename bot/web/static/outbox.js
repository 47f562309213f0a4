// What the visitor has said, sent in order, again and again under the same id until it is kept.
const WAITS = [1000, 2000, 4000, 8000, 15000];
const TEXT_PATIENCE = 20000;
const PHOTO_PATIENCE = 10 * 60 * 1000;
const FAULTS_MOST = 5;
const FRESH = 60 * 60 * 1000;
const AGAIN = "没发出去,点一下重发";

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  constructor({ talk, csrf, log, onLeft, onExpired }) {
    Object.assign(this, { csrf, log, onLeft, onExpired });
    this.store = `jifen.${talk}`;
    this.queue = [];
    this.tries = 0;
  }

  // Take up what a closed page left: photos were in its memory alone, and words said long
  // ago ("today") wait for a tap.
  restore() {
    let left = [];
    try { left = JSON.parse(localStorage.getItem(this.store) || "[]"); } catch { left = []; }
    for (const { id, text, at } of left) {
      this.log.showPending({ key: id, text });
      if (!text) this.log.mark(id, "照片没发出去,请再选一次", { isFailed: true });
      else {
        const one = { id, text, at, faults: 0 };
        this.queue.push(one);
        if (!(Date.now() - at < FRESH)) this.hold(one);
      }
    }
    this.save();
    this.flush();
  }

  say(text) {
    this.add({ id: newId(), text, at: Date.now(), faults: 0 });
  }

  show(file) {
    this.add({ id: newId(), text: "", file, at: Date.now(), faults: 0 }, URL.createObjectURL(file));
  }

  // The server shows this line: it is kept, whatever we heard.
  settle(key) {
    if (!this.queue.some((one) => one.id === key)) return;
    this.queue = this.queue.filter((one) => one.id !== key);
    this.save();
    this.log.markKept(key);
  }

  // The way is free again: do not wait for the next try.
  wake() {
    this.tries = 0;
    this.flush();
  }

  clear() {
    this.queue = [];
    this.save();
  }

  add(one, preview = null) {
    this.queue.push(one);
    this.save();
    this.log.showPending({ key: one.id, text: one.text, preview });
    this.log.mark(one.id, "发送中");
    this.flush();
  }

  save() {
    const left = this.queue.map(({ id, text, at }) => ({ id, text, at }));
    try {
      if (left.length) localStorage.setItem(this.store, JSON.stringify(left));
      else localStorage.removeItem(this.store);
    } catch { /* a full or forbidden store: memory has to do */ }
  }

  async flush() {
    if (this.isBusy) return;
    this.isBusy = true;
    clearTimeout(this.timer);
    for (let one = this.next(); one; one = this.next()) {
      this.log.mark(one.id, "发送中");
      const answer = await this.send(one);
      if (!this.queue.includes(one)) continue;
      if (!this.take(one, answer)) break;
    }
    this.isBusy = false;
  }

  next() {
    return this.queue.find((one) => !one.isHeld);
  }

  // Return whether the next one may follow.
  take(one, { status, sentence }) {
    if (status === 202) {
      this.tries = 0;
      this.settle(one.id);
      return true;
    }
    if (status === 401) this.onLeft();
    else if (status === 403) this.onExpired();
    else if (status === 429) {
      this.hold(one, sentence || AGAIN);
      return true;
    } else if (status >= 400 && status < 500) {
      this.refuse(one, sentence || "没发出去");
      return true;
    } else if (status >= 500 && (one.faults += 1) >= FAULTS_MOST) {
      this.hold(one);
      return true;
    } else this.later();
    return false;
  }

  // The server will not have it, now or later.
  refuse(one, sentence) {
    this.queue = this.queue.filter((other) => other !== one);
    this.save();
    this.log.mark(one.id, sentence, { isFailed: true });
  }

  // Wait for a tap, and let the others pass.
  hold(one, words = AGAIN) {
    one.isHeld = true;
    this.log.mark(one.id, words, {
      isFailed: true,
      onTap: () => { one.isHeld = false; one.faults = 0; this.wake(); },
    });
  }

  later() {
    for (const one of this.queue) {
      if (!one.isHeld) this.log.mark(one.id, AGAIN, { isFailed: true, onTap: () => this.wake() });
    }
    this.timer = setTimeout(() => this.flush(), WAITS[Math.min(this.tries, WAITS.length - 1)]);
    this.tries += 1;
  }

  send(one) {
    const call = new XMLHttpRequest();
    call.open("POST", one.file ? "/chat/photos" : "/chat/messages");
    call.setRequestHeader("X-CSRF-Token", this.csrf);
    call.timeout = one.file ? PHOTO_PATIENCE : TEXT_PATIENCE;
    let body = JSON.stringify({ id: one.id, text: one.text });
    if (one.file) {
      body = new FormData();
      body.append("id", one.id);
      body.append("photo", one.file, "photo");
      call.upload.addEventListener("progress", ({ loaded, total }) => {
        const percent = Math.floor((loaded / (total || 1)) * 100);
        if (percent < 100) this.log.mark(one.id, `发送中 ${percent}%`);
      });
    } else call.setRequestHeader("Content-Type", "application/json");
    return new Promise((resolve) => {
      call.addEventListener("loadend", () => {
        let sentence = "";
        try { sentence = JSON.parse(call.responseText).sentence; } catch { sentence = ""; }
        resolve({ status: call.status, sentence });
      });
      call.send(body);
    });
  }
}
