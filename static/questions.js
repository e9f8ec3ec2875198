// Questions that someone keeps: named, in this browser alone, and as a small file to hand on. The page
// brings the words in .kept-questions; an address is taken only as what stands behind its "?".
(() => {
  const store = "kept-questions";
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(store) ?? "[]");
      return Array.isArray(kept) ? kept.filter(sound) : [];
    } catch {
      return [];
    }
  };
  const longest = { name: 80, asked: 4000 };
  const sound = (each) =>
    Object.entries(longest).every(([part, most]) => typeof each?.[part] === "string" && each[part].length <= most) &&
    each.name.trim() && each.asked.startsWith("?");
  const write = (kept) => localStorage.setItem(store, JSON.stringify(kept.slice(0, 100)));
  const make = (kind, text, more = {}) => Object.assign(document.createElement(kind), { textContent: text }, more);
  const asked = () => location.search || "?";
  const draw = (box) => {
    const words = box.dataset;
    const kept = read();
    const list = document.createElement("ul");
    kept.forEach((each, place) => {
      const item = document.createElement("li");
      const away = make("button", words.remove, { type: "button" });
      away.setAttribute("aria-label", `${words.remove}: ${each.name}`);
      away.addEventListener("click", () => change(box, kept.toSpliced(place, 1)));
      item.append(make("a", each.name, { href: location.pathname + each.asked }), " ", away);
      list.append(item);
    });
    const name = make("input", "", { type: "text", maxLength: longest.name, placeholder: words.name });
    name.setAttribute("aria-label", words.name);
    const keep = make("button", words.keep, { type: "button" });
    keep.addEventListener("click", () => {
      if (!name.value.trim()) return name.focus();
      change(box, [...kept.filter((each) => each.name !== name.value.trim()), { name: name.value.trim(), asked: asked() }]);
    });
    const file = make("a", words.file, { download: words.fileName });
    file.href = URL.createObjectURL(new Blob([JSON.stringify({ questions: kept }, null, 2)], { type: "application/json" }));
    file.hidden = !kept.length;
    const from = make("input", "", { type: "file", accept: "application/json,.json" });
    from.setAttribute("aria-label", words.open);
    from.addEventListener("change", () => take(box, from.files[0]));
    const label = make("label", words.open);
    label.append(" ", from);
    const line = document.createElement("p");
    line.append(name, " ", keep, " ", file);
    const said = make("p", "", { className: "said" });
    said.setAttribute("role", "status");
    box.replaceChildren(list, line, label, said);
  };
  const change = (box, kept) => {
    write(kept);
    draw(box);
  };
  const take = async (box, file) => {
    try {
      const found = JSON.parse(await file.text()).questions.filter(sound);
      if (!found.length) throw new Error("none");
      const names = new Set(found.map((each) => each.name));
      change(box, [...read().filter((each) => !names.has(each.name)), ...found]);
    } catch {
      box.querySelector(".said").textContent = box.dataset.wrong;
    }
  };
  const follow = () => {
    for (const box of document.querySelectorAll(".kept-questions")) if (!box.children.length) draw(box);
  };
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
  });
})();
