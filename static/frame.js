// What Streamlit has no element for: landmarks around the menu, the page that is open marked in it, a way
// past it in the reader's language, and what stands on the page.
(() => {
  const SKIP = "[data-testid=stSkipToContent]";
  const name = (menu, label) => {
    if (menu.getAttribute("aria-label") === label) return;
    menu.setAttribute("role", "navigation");
    menu.setAttribute("aria-label", label);
  };
  const follow = () => {
    const words = document.querySelector(".frame-words")?.dataset;
    if (!words) return;
    document.querySelectorAll(".st-key-navigation, .st-key-menu").forEach((menu) => name(menu, words.menu));
    document.querySelectorAll(".st-key-task_pages").forEach((menu) => name(menu, words.pages));
    for (const link of document.querySelectorAll("[role=navigation] a")) {
      if (link.pathname.split("/").pop() === words.page) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    // What is moved sideways within its frame can be reached by keys, too.
    for (const wide of document.querySelectorAll("[class*=st-key-wide_]:not([tabindex])")) {
      wide.tabIndex = 0;
      wide.setAttribute("role", "group");
      wide.setAttribute("aria-label", wide.closest("[class*=st-key-figure_]")?.querySelector("h2")?.innerText ?? "");
    }
    const skip = document.querySelector(SKIP);
    if (skip && skip.textContent !== words.skip) skip.textContent = words.skip;
  };
  let isAsked = false;
  const soon = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      follow();
    });
  };
  // To whoever goes back at once the server would show what they have left: the address still looks to it
  // like one that is on its way (ui/url.py, _MOMENT_SECONDS). So the way back waits until that is over.
  const MOMENT = 2200;
  let moved = -MOMENT;
  const push = history.pushState.bind(history);
  history.pushState = (...args) => {
    moved = performance.now();
    push(...args);
  };
  addEventListener("popstate", (event) => {
    const rest = moved + MOMENT - performance.now();
    if (!event.isTrusted || rest <= 0) return;
    event.stopImmediatePropagation();
    setTimeout(() => dispatchEvent(new PopStateEvent("popstate", { state: history.state })), rest);
  }, true);
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  });
  // What stands on the page: read when it is asked for, since findings change with every choice.
  const list = (contents) => {
    const items = [...document.querySelectorAll("[data-testid=stMain] :is(h2, h3)[id]")].map((head) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      item.className = head.localName;
      link.href = `#${head.id}`;
      link.textContent = head.innerText;
      return item;
    });
    contents.querySelector("ul").replaceChildren(...items);
  };
  addEventListener("toggle", (event) => {
    if (event.target.matches?.(".contents") && event.target.open) list(event.target);
  }, true);
  const close = () => document.querySelectorAll(".contents[open]").forEach((each) => { each.open = false; });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector(".contents[open] summary")?.focus();
    close();
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.(".contents a");
    if (link) {
      event.preventDefault();
      const head = document.getElementById(link.hash.slice(1));
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
      head.scrollIntoView();
    }
    if (link || !event.target.closest?.(".contents")) close();
  });
  addEventListener("click", (event) => {
    if (!event.target.closest?.(SKIP)) return;
    const title = document.querySelector("h1");
    if (!title) return;
    event.preventDefault();
    event.stopImmediatePropagation();  // Streamlit leads to a part that holds the whole menu.
    title.tabIndex = -1;
    title.focus();
    title.scrollIntoView();
  }, true);
})();

// Print: Plotly's drawings have a fixed size. With a viewBox they shrink to the sheet; before Ctrl+P the page
// takes the sheet's width first, so that charts are drawn for it and their type stays as large as the text's.
(() => {
  const STEADY = 400, MOST = 4000;
  const drawings = () => [...document.querySelectorAll(".js-plotly-plot .main-svg")];
  const fit = () => {
    for (const drawing of drawings()) {
      const [wide, high] = [drawing.getAttribute("width"), drawing.getAttribute("height")];
      drawing.setAttribute("viewBox", `0 0 ${wide} ${high}`);
      drawing.parentElement.style.aspectRatio = `${wide} / ${high}`;
    }
  };
  const unfit = () => {
    for (const drawing of drawings()) {
      drawing.removeAttribute("viewBox");
      drawing.parentElement.style.aspectRatio = "";
    }
  };
  const widths = () => drawings().map((drawing) => drawing.getAttribute("width")).join();
  const settled = async () => {
    const began = performance.now();
    let [last, since] = [widths(), began];
    while (performance.now() - since < STEADY && performance.now() - began < MOST) {
      await new Promise((next) => setTimeout(next, 50));
      const now = widths();
      if (now !== last) [last, since] = [now, performance.now()];
    }
  };
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", unfit);
  matchMedia("print").addEventListener("change", (print) => (print.matches ? fit() : unfit()));
  addEventListener("keydown", async (event) => {
    if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    document.documentElement.dataset.printing = "";
    await settled();
    print();
    delete document.documentElement.dataset.printing;
  });
})();
