// The speaker's window: notes, what comes next, clock and time since the beginning. Filled from the
// presentation's own page, so nothing is asked of anybody.
(() => {
  const STYLE = `
    body { margin: 0; padding: 1.5rem 2rem; font: 1.25rem/1.45 "Source Sans", "Segoe UI", Arial, sans-serif; background: var(--paper); color: var(--ink); }
    header { display: flex; justify-content: space-between; align-items: baseline; gap: 2rem; border-bottom: 1px solid var(--outline); }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    p { margin: 0.4rem 0; }
    .times { font-variant-numeric: tabular-nums; font-size: 1.5rem; white-space: nowrap; }
    .next { color: var(--muted); }
    .notes { white-space: pre-wrap; max-width: 75ch; }
    button { font: inherit; font-size: 1rem; padding: 0.2rem 0.8rem; }
    button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }`;
  let speaker = null;
  let begun = 0;
  let ticking = 0;
  const isOpen = () => speaker && !speaker.closed;
  const text = (name, value) => {
    const found = speaker.document.querySelector(name);
    if (found.textContent !== value) found.textContent = value;
  };
  const two = (number) => String(number).padStart(2, "0");
  const elapsed = () => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  };

  const tick = () => {
    if (!isOpen()) {
      clearInterval(ticking);
      return;
    }
    const now = new Date();
    text(".clock", `${two(now.getHours())}:${two(now.getMinutes())}`);
    text(".elapsed", elapsed());
  };
  const tell = () => {
    const all = window.stage.notes();
    if (!isOpen() || !all) return;
    const number = window.stage.slide();
    const { dataset } = all;
    const own = all.querySelector(`[data-slide="${number}"]`);
    const following = window.stage.titleOf(number + 1) || dataset.last;
    text("h1", `${number} / ${all.children.length} · ${window.stage.titleOf(number)}`);
    text(".next", `${dataset.next}: ${following}`);
    text(".notes", own ? own.textContent : "");
  };
  const build = () => {
    const page = speaker.document;
    const { dataset } = window.stage.notes();
    const add = (parent, kind, name, words = "") => {
      const made = page.createElement(kind);
      if (name) made.className = name;
      made.textContent = words;
      return parent.appendChild(made);
    };
    page.documentElement.lang = document.documentElement.lang;
    page.title = dataset.title;
    const colours = getComputedStyle(document.documentElement);
    for (const name of ["--paper", "--ink", "--muted", "--outline"]) {
      page.documentElement.style.setProperty(name, colours.getPropertyValue(name));
    }
    page.head.replaceChildren();
    page.body.replaceChildren();
    add(page.head, "style", "", STYLE);
    const head = add(page.body, "header");
    add(head, "h1");
    const times = add(head, "p", "times");
    for (const name of ["clock", "elapsed"]) {
      times.append(`${dataset[name]} `);
      add(times, "span", name);
      times.append(" ");
    }
    const restart = add(times, "button", "", dataset.restart);
    restart.addEventListener("click", () => {
      begun = Date.now();
      tick();
    });
    add(page.body, "p", "next");
    add(add(page.body, "main"), "p", "notes");
  };

  // Pages of Streamlit load this once; the window is that of the presentation shown.
  window.openSpeaker = () => {
    if (isOpen()) {
      speaker.focus();
      return;
    }
    speaker = open("", "stage-speaker", "popup,width=960,height=720");
    if (!speaker) {
      window.stage.say(window.stage.notes().dataset.blocked);
      return;
    }
    begun ||= Date.now();
    build();
    speaker.addEventListener("keydown", window.stage.onKey, true);
    window.speaker = speaker;
    tell();
    tick();
    clearInterval(ticking);
    ticking = setInterval(tick, 500);
  };
  addEventListener("stage-slide", tell);
  addEventListener("pagehide", () => speaker?.close());
})();
