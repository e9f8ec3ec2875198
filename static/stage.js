// The presentation mode: the address names the slide, <html data-slide> lets the style sheet show it.
(() => {
  const steps = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
    Home: -Infinity, End: Infinity,
  };
  const root = document.documentElement;
  const controls = () => document.querySelector(".stage-controls");
  const slide = () => Number(new URLSearchParams(location.search).get("slide")) || 1;
  const follow = () => {
    root.dataset.slide = slide();
  };
  const address = (number) => {
    const found = new URL(location);
    found.searchParams.set("slide", number);
    return found;
  };
  const move = (step) => {
    const to = Math.min(Math.max(slide() + step, 1), Number(controls().dataset.slides));
    history.replaceState(history.state, "", address(to));
    const title = document.querySelector(`[class*="st-key-slide_${to}_"] h1`);
    controls().querySelector("[role=status]").textContent = title ? title.innerText : "";
  };
  // As the browser's back button does, which Streamlit follows without a new session.
  const leave = () => {
    const to = new URL(controls().querySelector("[data-end]").dataset.end, address(slide()));
    to.search = address(slide()).search;
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  };
  addEventListener("keydown", (event) => {
    const isOther = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    const isPress = event.key === " " && event.target.closest("button");
    if (!controls() || isOther || isPress) return;
    if (event.key === "Escape") leave();
    else if (event.key in steps) move(steps[event.key]);
    else return;
    event.preventDefault();
  }, true);
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-step], [data-end]");
    if (button) button.dataset.step ? move(Number(button.dataset.step)) : leave();
  });
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...args) => {
      original(...args);
      follow();
    };
  }
  addEventListener("popstate", follow);
  follow();
})();
