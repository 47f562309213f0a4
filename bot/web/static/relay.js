// Copying by a button. Without this the words are selected by one touch and copied as ever.
const copied = document.getElementById("copied");

function selectAndCopy(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy");
}

async function copy(element) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch { /* the older way may still be allowed */ }
  }
  return selectAndCopy(element);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  const [face] = button.childNodes;
  button.addEventListener("click", async () => {
    const done = await copy(document.getElementById(button.dataset.copy));
    for (const other of document.querySelectorAll(".copy.is-done")) {
      other.classList.remove("is-done");
      other.childNodes[0].textContent = "复制";
    }
    face.textContent = done ? "复制好了" : "复制";
    copied.textContent = done ? "复制好了,去群里粘贴" : "没有复制上,请按住字,选“复制”";
    copied.classList.toggle("unseen", done);
    button.classList.toggle("is-done", done);
  });
}

const told = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (told && told.classList.contains("told")) told.focus();
