// The presentation mode: the address names the slide, <html data-slide> lets the style sheet show it.
(() => {
  const STEPS = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
    Home: -Infinity, End: Infinity,
  };
  const KEYS = { b: "black", ".": "black", f: "full", s: "notes", Escape: "end" };
  const REST = 3000;  // Milliseconds after which the buttons leave the audience's screen.
  const root = document.documentElement;
  const isStage = () => location.pathname.endsWith("presentation-mode");
  const controls = () => document.querySelector(".stage-controls");
  const notes = () => document.querySelector(".stage-notes");
  const slide = () => Number(new URLSearchParams(location.search).get("slide")) || 1;
  const titleOf = (number) =>
    document.querySelector(`[class*="st-key-slide_${number}_"] h2`)?.textContent.trim() ?? "";
  const say = (text) => {
    controls().querySelector("[role=status]").textContent = text;
  };
  const address = (number) => {
    const found = new URL(location);
    found.searchParams.set("slide", number);
    return found;
  };

  const show = (number) => {
    const to = Math.min(Math.max(number, 1), Number(controls().dataset.slides));
    delete root.dataset.black;
    history.replaceState(history.state, "", address(to));
    say(titleOf(to));
  };
  // As the browser's back button does, which Streamlit follows without a new session.
  const leave = () => {
    const to = new URL(controls().querySelector("[data-end]").dataset.end, address(slide()));
    to.search = address(slide()).search;
    delete root.dataset.black;
    delete root.dataset.idle;
    if (document.fullscreenElement) document.exitFullscreen();
    window.speaker?.close();
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  };
  const blacken = () => {
    if (root.toggleAttribute("data-black")) say(controls().dataset.black);
    else say(titleOf(slide()));
  };
  // Refused where the press came from the speaker's window, or where frames may not fill the screen.
  const fill = () => {
    const asked = document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.();
    asked?.catch(() => {});
  };
  const actions = {
    back: () => show(slide() - 1),
    next: () => show(slide() + 1),
    black: blacken,
    full: fill,
    notes: () => window.openSpeaker(),
    end: leave,
  };

  let typed = "";
  const press = (key) => {
    if (/^[0-9]$/.test(key)) {
      typed = (typed + key).slice(-3);
      say(typed);
      return true;
    }
    const number = Number(typed);
    typed = "";
    if (key === "Enter" && number) show(number);
    else if (key in STEPS) show(slide() + STEPS[key]);
    else if (key in KEYS) actions[KEYS[key]]();
    else return false;
    return true;
  };
  const onKey = (event) => {
    const isOther = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    const isPress = event.key === " " && event.target.closest("button");
    if (!controls() || isOther || isPress) return;
    if (press(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  };
  addEventListener("keydown", onKey, true);
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do]();
    else if (controls()) delete root.dataset.black;
  });

  let rest = 0;
  const wake = () => {
    delete root.dataset.idle;
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (controls()) root.dataset.idle = "";
      else if (isStage()) wake();  // Still being drawn.
    }, REST);
  };
  for (const name of ["pointermove", "pointerdown", "focusin"]) addEventListener(name, wake, true);

  // Styles ask for the attribute: asking whether the page holds a stage, with :has(), would have to be
  // answered again for each text that a chart measures.
  const follow = () => {
    root.toggleAttribute("data-stage", isStage());
    root.dataset.slide = slide();
    dispatchEvent(new CustomEvent("stage-slide"));
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...args) => {
      original(...args);
      follow();
      if (!controls()) wake();
    };
  }
  addEventListener("popstate", follow);
  window.stage = { notes, onKey, slide, titleOf, say };
  follow();
  wake();
})();
