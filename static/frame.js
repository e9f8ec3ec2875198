// What Streamlit has no element for: landmarks around the menu, the page that is open marked in it, and
// a way past it in the reader's language.
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
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
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
