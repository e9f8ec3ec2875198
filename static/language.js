// Keeps <html lang> in step with the view: the language switch changes the URL without a new page.
(() => {
  const root = document.documentElement;
  const follow = () => {
    const asked = new URLSearchParams(location.search).get("lang");
    root.lang = ["de", "en"].includes(asked) ? asked : root.dataset.defaultLang;
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...args) => {
      original(...args);
      follow();
    };
  }
  addEventListener("popstate", follow);
})();
