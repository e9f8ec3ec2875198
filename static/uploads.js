// Uploads: says in the reader's language which file did not arrive, and that a session was lost.
// The page brings the words in [data-uploads]; its value is "held" while the session has uploads,
// "none" before the first and after a lost connection, and "dropped" when they were let go.
(() => {
  const mark = "uploads-held";
  const alerts = () => document.querySelectorAll("[data-testid=stFileUploader] [role=alert]");
  const tips = () => document.querySelectorAll("[data-testid=stTooltipErrorContent]");
  const reasons = new Map();
  const follow = () => {
    const box = document.querySelector("[data-uploads]");
    if (!box) return;
    const state = box.dataset.uploads;
    if (state === "held") sessionStorage.setItem(mark, "yes");
    if (state === "dropped") sessionStorage.removeItem(mark);
    const found = new Set();
    const said = alerts().length ? [...alerts(), ...tips()] : [];
    for (const element of said) found.add(reason(element, box));
    show(box, "lost", state === "none" && sessionStorage.getItem(mark) !== null);
    show(box, "refused", found.has("refused"));
    show(box, "large", found.has("large"));
  };
  // React keeps its text nodes, so their values can be changed and the nodes cannot.
  const reason = (element, box) => {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (nodes.nextNode()) texts.push(nodes.currentNode);
    if (!texts.length) return null;
    const last = texts[texts.length - 1];
    const known = [...reasons].find(([, said]) => said === last.data);
    const name = known ? known[0] : /^File must be/.test(last.data) ? "large" : "refused";
    const said = box.querySelector(`[data-when=${name}]`).textContent;
    reasons.set(name, said);
    if (last.data !== said) last.data = said;
    for (const text of texts.slice(0, -1)) if (text.data) text.data = "";
    return name;
  };
  const show = (box, name, is) => {
    const words = box.querySelector(`[data-when=${name}]`);
    if (words.hidden === is) words.hidden = !is;
  };
  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      follow();
    });
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-uploads"] });
})();
