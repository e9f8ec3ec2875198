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
    name(box.dataset);
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
  // What Streamlit says in English alone: on its button, how large a file may be, on its icons.
  const name = (words) => {
    for (const uploader of document.querySelectorAll("[data-testid=stFileUploader]")) {
      const find = (part) => uploader.querySelector(`[data-testid=${part}]`);
      tell(find("stBaseButton-secondary")?.querySelector("p"), words.choose);
      tell(find("stFileUploaderDropzoneInstructions")?.querySelector("span"), words.limit);
      label(find("stFileUploaderDropzoneInput"), words.choose);
      label(find("stBaseButton-borderlessIcon"), words.more);
      for (const chip of uploader.querySelectorAll("[data-testid=stFileChip]")) {
        const file = chip.querySelector("[data-testid=stFileChipName]")?.textContent;
        label(chip.querySelector("button"), `${words.drop} ${file}`);
      }
    }
  };
  const tell = (element, said) => {
    const text = element?.firstChild;
    if (text && text.data !== said) text.data = said;
  };
  const label = (element, said) => {
    if (element && element.getAttribute("aria-label") !== said) element.setAttribute("aria-label", said);
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
