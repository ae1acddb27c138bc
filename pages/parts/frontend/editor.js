/* The YAML editor of a reader's own plan: a text area with line numbers.
 *
 * `data`: text, revision (grows when the script, not this editor, changed the text), faults (lines
 * to mark), left (the newest text is kept in the browser only), longest (characters that the script
 * takes), words {label, help}. Reports `typed` with the text, 300 ms after the last key or at once
 * when the field is left; of one that is too long {length, stored}. What is typed is kept in the
 * browser first (own_plan.js reads it there).
 */
const PAUSE = 300;

export default function ({ data, setTriggerValue, parentElement }) {
  const editor = parentElement.querySelector(".plan-text") ? parentElement.planEditor : build(parentElement);
  editor.report = (text) => setTriggerValue("typed", text);
  editor.show(data);
  return () => editor.flush();
}

function build(parent) {
  const frame = document.createElement("div");
  frame.className = "plan-text";
  const numbers = document.createElement("div");
  numbers.className = "plan-lines";
  numbers.setAttribute("aria-hidden", "true");
  const field = document.createElement("textarea");
  Object.assign(field, { spellcheck: false, wrap: "off", autocomplete: "off" });
  field.setAttribute("autocapitalize", "off");
  frame.append(numbers, field);
  parent.append(frame);
  return (parent.planEditor = new Editor(field, numbers));
}

class Editor {
  constructor(field, numbers) {
    Object.assign(this, { field, numbers, revision: null, faults: [], waiting: null });
    field.addEventListener("input", () => this.typed());
    field.addEventListener("blur", () => this.flush());
    field.addEventListener("scroll", () => this.follow());
    field.addEventListener("keydown", (event) => this.key(event));
    window.planEditorGoTo = (line) => this.goTo(line);
  }

  /* The script's text is shown if it changed it; else what is typed here is newer. */
  show({ text, revision, faults, left, longest, words }) {
    this.longest = longest;
    this.field.setAttribute("aria-label", words.label);
    this.field.title = words.help;
    if (revision !== this.revision) {
      clearTimeout(this.waiting);
      this.waiting = null;
      const { scrollTop, selectionStart } = this.field;
      this.field.value = (left && window.readOwnPlan?.()) || (text ?? "");
      this.field.setSelectionRange(selectionStart, selectionStart);
      this.field.scrollTop = scrollTop;
      this.revision = revision;
    }
    this.faults = faults;
    this.number();
  }

  typed() {
    this.number();
    window.ownPlanTyped = this.field.value;
    this.stored = window.keepOwnPlan?.(this.field.value) ?? false;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.flush(), PAUSE);
  }

  flush() {
    if (this.waiting === null) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    const text = this.field.value;
    this.report(text.length > this.longest ? { length: text.length, stored: this.stored } : text);
  }

  /* A new line begins with the spaces of the one before; Tab leaves the field, as everywhere. */
  key(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const before = this.field.value.slice(0, this.field.selectionStart);
    const indent = /^ */.exec(before.slice(before.lastIndexOf("\n") + 1))[0];
    if (!indent) return;
    event.preventDefault();
    if (!document.execCommand("insertText", false, `\n${indent}`)) {
      this.field.setRangeText(`\n${indent}`, this.field.selectionStart, this.field.selectionEnd, "end");
      this.typed();
    }
  }

  number() {
    const count = this.field.value.split("\n").length;
    const wrong = new Set(this.faults);
    if (this.count === count && this.marked === String(this.faults)) return this.follow();
    Object.assign(this, { count, marked: String(this.faults) });
    const lines = Array.from({ length: count }, (_, index) => {
      const line = document.createElement("span");
      line.textContent = index + 1;
      if (wrong.has(index + 1)) line.className = "wrong";
      return line;
    });
    this.numbers.replaceChildren(...lines);
    this.follow();
  }

  follow() {
    this.numbers.scrollTop = this.field.scrollTop;
  }

  goTo(line) {
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.field.focus();
    this.field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    const height = this.field.scrollHeight / lines.length;
    this.field.scrollTop = Math.max(0, (line - 4) * height);
    this.field.scrollLeft = 0;
  }
}

/* A link with data-line puts the cursor on that line. */
window.planEditorClicks ??= document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[data-line]");
    if (!link || !window.planEditorGoTo) return;
    event.preventDefault();
    window.planEditorGoTo(Number(link.dataset.line));
  },
  true,
) ?? true;
