// The talk on the screen: bubbles in order, time stamps, marks of what was sent.
const ZONE = "Asia/Shanghai";
const STAMP_GAP = 5 * 60 * 1000;
const DAY = 24 * 3600 * 1000;
const LINES_MOST = 300;
const NEAR = 120;

const clock = new Intl.DateTimeFormat("zh-CN", {
  timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const days = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

function stamp(at) {
  const now = Date.now();
  const day = days.format(at);
  if (day === days.format(now)) return clock.format(at);
  if (day === days.format(now - DAY)) return `昨天 ${clock.format(at)}`;
  const [year, month, date] = day.split("-").map(Number);
  const head = String(year) === days.format(now).slice(0, 4) ? "" : `${year}年`;
  return `${head}${month}月${date}日 ${clock.format(at)}`;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export class Log {
  constructor({ list, scroll, newer, hint, name, onLook }) {
    Object.assign(this, { list, scroll, newer, hint, name, onLook });
    this.entries = [];
    this.byKey = new Map();
    this.sticks = true;
    this.top = 0;
    scroll.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => { if (this.sticks) this.toEnd(); }).observe(list);
    newer.addEventListener("click", () => this.toEnd());
  }

  // Only who goes up lets go of the end: a photo that loads moves the end away as well.
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroll;
    if (scrollHeight - scrollTop - clientHeight < NEAR) {
      this.sticks = true;
      this.newer.hidden = true;
    } else if (scrollTop < this.top) this.sticks = false;
    this.top = scrollTop;
  }

  // Show lines of the server; a line already there is brought up to date.
  show(lines) {
    const isNews = lines.filter((line) => this.put(line)).some((line) => !line.mine);
    this.refresh();
    if (this.sticks) this.toEnd();
    else if (isNews) this.newer.hidden = false;
    this.list.parentElement.setAttribute("aria-live", "polite");
  }

  // Show a line that is on its way; it stays below all others until the server has it.
  showPending(line) {
    this.put({ ...line, mine: true, at: null });
    this.refresh();
    this.toEnd();
  }

  // Write under a line how its sending goes; onTap makes it a button.
  mark(key, text, { onTap = null, isFailed = false } = {}) {
    const entry = this.byKey.get(key);
    if (!entry) return;
    const old = entry.mark;
    if (old && old.textContent === text && !onTap && old.tagName === "SPAN") return;
    if (old) old.remove();
    entry.mark = text ? make(onTap ? "button" : "span", "mark", text) : null;
    if (!text) return;
    entry.mark.classList.toggle("failed", isFailed);
    if (onTap) {
      entry.mark.type = "button";
      entry.mark.addEventListener("click", onTap);
    }
    entry.stack.append(entry.mark);
    if (this.sticks) this.toEnd();
  }

  // Only the last line that arrived says so.
  markKept(key) {
    if (this.lastKept && this.lastKept !== key) this.mark(this.lastKept, "");
    this.lastKept = key;
    this.mark(key, "已送达");
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.newer.hidden = true;
    this.sticks = true;
  }

  put(line) {
    const known = this.byKey.get(line.key);
    const entry = known || this.create(line);
    entry.at = line.at ? Date.parse(line.at) : null;
    entry.text = line.text;
    entry.photo = line.photo || entry.photo;
    this.fill(entry);
    this.place(entry);
    return !known;
  }

  create(line) {
    const element = make("li", line.mine ? "line mine" : "line theirs");
    const entry = {
      key: line.key, element, preview: line.preview || null, photo: null,
      stamp: make("time", "stamp"), stack: make("div", "stack"), bubble: make("div", "bubble"),
    };
    const row = make("div", "row");
    const face = make("span", "face", line.mine ? this.name.slice(0, 1) || "我" : "");
    face.setAttribute("aria-hidden", "true");
    entry.stack.append(entry.bubble);
    row.append(face, entry.stack);
    element.append(entry.stamp, row);
    element.dataset.key = line.key;
    this.byKey.set(line.key, entry);
    return entry;
  }

  fill(entry) {
    const source = entry.preview || entry.photo;
    const want = `${source || ""}\n${entry.text}`;
    if (entry.shown === want) return;
    entry.shown = want;
    entry.bubble.classList.toggle("picture", Boolean(source));
    if (!source) {
      entry.bubble.textContent = entry.text || "[照片]";
      return;
    }
    entry.bubble.replaceChildren(this.picture(entry, source));
    if (entry.text) entry.bubble.append(make("p", "caption", entry.text));
  }

  picture(entry, source) {
    const button = make("button", "look");
    const image = make("img");
    button.type = "button";
    image.alt = "照片";
    image.addEventListener("error", () => {
      if (entry.preview === source) entry.preview = null;
      else entry.photo = null;
      this.fill(entry);
    });
    button.addEventListener("click", () => this.onLook(image.src));
    image.src = source;
    button.append(image);
    return button;
  }

  // Lines stand by their time; those still on their way stand last.
  place(entry) {
    const rest = this.entries.filter((other) => other !== entry);
    const isAfter = (other) => other.at === null || (entry.at !== null && other.at > entry.at);
    let index = rest.length;
    if (entry.at !== null) while (index > 0 && isAfter(rest[index - 1])) index -= 1;
    else if (this.entries.includes(entry)) return;
    rest.splice(index, 0, entry);
    this.entries = rest;
    const next = rest[index + 1] ? rest[index + 1].element : null;
    if (entry.element.parentNode !== this.list || entry.element.nextSibling !== next) {
      this.list.insertBefore(entry.element, next);
    }
  }

  refresh() {
    while (this.entries.length > LINES_MOST) this.forget(this.entries[0]);
    let before = 0;
    for (const entry of this.entries) {
      const text = entry.at !== null && entry.at - before > STAMP_GAP ? stamp(entry.at) : "";
      if (entry.stamp.textContent !== text) entry.stamp.textContent = text;
      entry.stamp.hidden = !text;
      if (entry.at !== null) before = entry.at;
    }
    this.hint.hidden = this.entries.length > 0;
  }

  forget(entry) {
    this.entries.shift();
    this.byKey.delete(entry.key);
    entry.element.remove();
    if (entry.preview) URL.revokeObjectURL(entry.preview);
  }
}
