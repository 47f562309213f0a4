// The chat page: wires the talk, what is sent and the line to the server together.
import { Live } from "./live.js";
import { Log } from "./log.js";
import { newId, Outbox } from "./outbox.js";

const RELOAD_GAP = 10000;
const $ = (id) => document.getElementById(id);
const { talk, csrf, name, photoBytes } = document.body.dataset;
const words = $("words");
const state = $("state");
const large = $("large");

function tell(sentence) {
  if (state.textContent !== sentence) state.textContent = sentence;
  state.hidden = !sentence;
}

function leave() {
  location.assign("/enter");
}

// This page belongs to a session that is gone; a new one is opened, but never in a circle.
function reopen() {
  const last = Number(sessionStorage.getItem("jifen.reopened") || 0);
  if (Date.now() - last < RELOAD_GAP) {
    tell("请退出后重新进入。");
    return;
  }
  sessionStorage.setItem("jifen.reopened", String(Date.now()));
  location.reload();
}

function look(source) {
  large.querySelector("img").src = source;
  large.hidden = false;
  large.querySelector(".shut").focus();
}

function fit() {
  words.style.height = "auto";
  words.style.height = `${Math.max(52, Math.min(words.scrollHeight + 2, 150))}px`;
}

function tall() {
  const height = window.visualViewport ? window.visualViewport.height : window.innerHeight;
  document.documentElement.style.setProperty("--tall", `${height}px`);
  if (log.sticks) log.toEnd();
}

const log = new Log({
  list: $("log"), scroll: $("scroll"), newer: $("newer"), hint: $("hint"), name, onLook: look,
});
const outbox = new Outbox({ talk, csrf, log, onLeft: leave, onExpired: reopen });

function say() {
  const text = words.value.trim();
  if (!text) return;
  words.value = "";
  fit();
  outbox.say(text);
}

function take(files) {
  for (const file of files) {
    if (file.size <= Number(photoBytes)) outbox.show(file);
    else {
      const key = newId();
      log.showPending({ key, text: "" });
      log.mark(key, "照片太大了(最多20兆),请换一张,或者重新拍一张。", { isFailed: true });
    }
  }
}

$("bar").addEventListener("submit", (event) => { event.preventDefault(); say(); });
words.addEventListener("input", fit);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  say();
});
$("photo").addEventListener("change", ({ target }) => {
  take(Array.from(target.files));
  target.value = "";
});
for (const chip of document.querySelectorAll(".chip")) {
  chip.addEventListener("click", () => {
    words.value = chip.dataset.words;
    fit();
    const isUnfinished = chip.dataset.words.endsWith(" ");
    if (isUnfinished || matchMedia("(pointer: fine)").matches) words.focus();
  });
}
large.addEventListener("click", () => { large.hidden = true; });
addEventListener("keydown", (event) => { if (event.key === "Escape") large.hidden = true; });
if ($("leave")) $("leave").addEventListener("submit", () => outbox.clear());
(window.visualViewport || window).addEventListener("resize", tall);
tall();

outbox.restore();
$("send").disabled = false;
$("photo").disabled = false;
let isUp = null;
new Live({
  onLines: (whose, lines) => {
    if (whose !== talk) { reopen(); return; }
    log.show(lines);
    for (const line of lines) if (line.mine) outbox.settle(line.key);
  },
  onUp: () => {
    if (isUp) return;
    tell("");
    isUp = true;
    outbox.wake();
  },
  onDown: () => {
    isUp = false;
    tell("网络断了,正在重连…");
  },
  onLeft: leave,
});
