"use strict";
/* The picture: everything that came from articles is put into the page with textContent, never as markup. */
(() => {
  const graph = JSON.parse(document.getElementById("graph").textContent);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const edgesOf = new Map(graph.nodes.map((node) => [node.id, []]));
  for (const edge of graph.edges) {
    edgesOf.get(edge.from).push(edge);
    if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
  }
  const KINDS = { Organization: "Organisation", TradeVolume: "Trade figure", Other: "" };
  const SPELLINGS = 6; /* shown at once */
  const EVENTS = new Set(["Meeting", "Visit", "Agreement", "TradeVolume"]);
  const narrow = matchMedia("(max-width: 760px)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const $ = (id) => document.getElementById(id);
  const off = { class: new Set(), line: new Set() };
  let chosen = null; // {node: id} or {edge: id}
  let colour = {};

  /* ---------- building blocks ---------- */

  function make(tag, options = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(options)) {
      if (key === "on") element.addEventListener("click", value);
      else if (key === "of") element.dataset.of = value;
      else element[key] = value;
    }
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }

  const kindOf = (node) => KINDS[node.group] ?? node.group;
  const classOf = (node) => (document.querySelector(`[data-class="${CSS.escape(node.group)}"]`) ? node.group : "Other");
  const otherEnd = (edge, id) => byId.get(edge.from === id ? edge.to : edge.from);
  const link = (node) => make("button", { type: "button", className: "name", on: () => choose({ node: node.id }, true) }, node.name);

  /* Case, diacritics and the many apostrophes of Uzbek do not matter when one searches. */
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}'ʻʼ‘’`]/gu, "").toLowerCase();

  /* ---------- theme ---------- */

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = ["paper", "card", "ink", "soft", "line", "wire", "Person", "State", "Organization", "Meeting", "Visit",
      "Agreement", "TradeVolume", "Place", "Other", "visit", "trade", "relation", "tenure", "statement"];
    colour = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    colour.sans = style.getPropertyValue("--sans");
  }

  const tint = (node) => colour[node.group] ?? colour.Other;

  function nodeStyle(node, lit, loud) {
    const accent = tint(node);
    const isChosen = chosen?.node === node.id;
    const filled = node.group === "State" || !(node.chip || node.planned);
    const text = node.chip ? (node.group === "State" ? colour.paper : colour.ink) : colour.soft;
    const paint = { background: filled ? accent : colour.card, border: isChosen ? colour.ink : accent };
    return {
      id: node.id, hidden: off.class.has(classOf(node)), opacity: lit ? 1 : 0.2,
      label: node.silent && !loud ? " " : node.label,
      color: { ...paint, highlight: paint, hover: paint },
      font: {
        face: colour.sans, size: node.text, color: lit ? (isChosen && !node.chip ? colour.ink : text) : fade(text, 0.45),
        vadjust: node.chip ? 0 : -2,
      },
      borderWidth: isChosen ? 3 : 1.5, borderWidthSelected: 3,
    };
  }

  function edgeStyle(edge, lit, loud, crowded = false) {
    const accent = colour[edge.kind] ?? colour.wire;
    const written = (loud && !(crowded && edge.line === "part")) || (chosen === null && edge.written);
    return {
      id: edge.id, hidden: off.line.has(edge.line), width: loud ? 2 : 1.2,
      label: written ? edge.name : " ", // an empty label would keep the former
      color: { color: accent, highlight: accent, hover: accent, opacity: lit ? (loud ? 1 : 0.75) : 0.1 },
      font: { face: colour.sans, size: 11.5, color: edge.kind in colour ? accent : colour.soft, background: written ? colour.paper : "none", strokeWidth: 0, align: "middle" },
    };
  }

  function fade(hex, alpha) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    return `rgba(${red},${green},${blue},${alpha})`;
  }

  /* ---------- the canvas ---------- */

  /* Several edges between the same two nodes are bent apart; a single one is straight. */
  function bends() {
    const pairs = new Map();
    for (const edge of graph.edges) {
      const pair = [edge.from, edge.to].sort().join("\n");
      pairs.set(pair, [...(pairs.get(pair) ?? []), edge]);
    }
    const bend = new Map();
    for (const group of pairs.values()) {
      group.forEach((edge, at) => {
        const side = (at - (group.length - 1) / 2) * (edge.from < edge.to ? 1 : -1);
        const amount = Math.min(0.8, Math.abs(side) * 0.3);
        bend.set(edge.id, amount === 0 ? false : { enabled: true, type: side > 0 ? "curvedCW" : "curvedCCW", roundness: amount });
      });
    }
    return bend;
  }

  const at = (node) => { const [x, y] = narrow.matches ? node.tall : node.wide; return { x, y }; };

  readColours();
  const bend = bends();
  const shapes = { Person: { borderRadius: 20 }, State: { borderRadius: 4 }, Organization: { borderRadius: 0 } };
  const nodes = new vis.DataSet(graph.nodes.map((node) => ({
    ...at(node), ...nodeStyle(node, true, false), shape: node.shape, size: node.size,
    margin: { top: 6, bottom: 6, left: node.group === "Person" ? 12 : 9, right: node.group === "Person" ? 12 : 9 },
    shapeProperties: { ...shapes[node.group], borderDashes: node.planned ? [4, 3] : false },
  })));
  const edges = new vis.DataSet(graph.edges.map((edge) => ({
    ...edgeStyle(edge, true, false), from: edge.from, to: edge.to, dashes: edge.dashes ? [7, 5] : false, smooth: bend.get(edge.id),
    arrows: edge.arrows ? { to: { enabled: true, scaleFactor: 0.55 } } : undefined,
  })));
  const network = new vis.Network($("net"), { nodes, edges }, {
    physics: false, layout: { improvedLayout: false }, autoResize: true,
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 1e9, dragNodes: true, keyboard: false },
    nodes: { chosen: false, labelHighlightBold: false }, edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, labelHighlightBold: false, arrowStrikethrough: false },
  });

  function restyle() {
    const lit = near();
    nodes.update(graph.nodes.map((node) => nodeStyle(node, lit === null || lit.nodes.has(node.id), lit !== null && lit.nodes.has(node.id))));
    edges.update(graph.edges.map((edge) => edgeStyle(edge, lit === null || lit.edges.has(edge.id), lit !== null && lit.edges.has(edge.id), lit !== null && lit.edges.size > 40)));
  }

  /* What is lit: the chosen and its neighbours; through an event also the others who take part in it. */
  function near() {
    if (chosen === null) return null;
    if (chosen.edge !== undefined) {
      const edge = graph.edges[chosen.edge];
      return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
    }
    const lit = { nodes: new Set([chosen.node]), edges: new Set() };
    const reach = (id, deeper) => {
      for (const edge of edgesOf.get(id)) {
        const other = otherEnd(edge, id);
        lit.edges.add(edge.id);
        lit.nodes.add(other.id);
        if (deeper && EVENTS.has(other.group)) reach(other.id, false);
      }
    };
    reach(chosen.node, !EVENTS.has(byId.get(chosen.node).group));
    return lit;
  }

  const motion = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  function whole(animated) {
    network.fit({ maxZoomLevel: 1.15, animation: animated ? motion() : false });
  }

  /* On a phone a whole picture may be too small to read: then the most connected name comes first. */
  function open() {
    whole(false);
    if (network.getScale() < (narrow.matches ? 0.62 : 0.3) && graph.nodes.length > 0) {
      network.moveTo({ position: network.getPosition(most()[0].id), scale: narrow.matches ? 0.72 : 0.45 });
    }
  }

  /* By number of connections; people, states and organisations before events. */
  const most = () => [...graph.nodes].sort((a, b) => b.chip - a.chip || edgesOf.get(b.id).length - edgesOf.get(a.id).length);

  /* ---------- choosing and the panel ---------- */

  function choose(what, move = false) {
    chosen = what;
    if (what?.node !== undefined) {
      const button = document.querySelector(`[data-class="${CSS.escape(classOf(byId.get(what.node)))}"]`);
      if (button?.getAttribute("aria-pressed") === "false") button.click();
    }
    restyle();
    tell();
    if (move && what?.node !== undefined) {
      document.body.classList.contains("listed") && show(false);
      network.moveTo({ position: network.getPosition(what.node), scale: Math.max(network.getScale(), 0.8), animation: motion() });
    }
    if (location.protocol !== "about:") history.replaceState(null, "", what?.node !== undefined ? `#${encodeURIComponent(what.node)}` : location.pathname + location.search);
  }

  function quoted(quote) {
    return make("blockquote", {}, quote.exact, make("cite", {}, [quote.title || quote.source, quote.published].filter(Boolean).join(" · "),
      quote.title ? make("br") : null, quote.title ? quote.source : null));
  }

  function words(quotes) {
    const told = [...new Map(quotes.map((quote) => [JSON.stringify(quote), quote])).values()];
    if (told.length <= 2) return told.map(quoted);
    return [quoted(told[0]), make("details", {}, make("summary", {}, `${told.length - 1} more places say so`), ...told.slice(1).map(quoted))];
  }

  const when = (edge) => (edge.date ? make("span", { className: "when" }, ` · ${edge.date}`) : null);
  const planned = (edge) => (edge.status === "planned" ? make("span", { className: "tag" }, "planned") : null);

  const sentence = (edge, id) => [make("span", { className: "how" }, edge.from === id ? edge.forth : edge.back), " ", link(otherEnd(edge, id))];

  /* One entry of the panel: all edges of one fact at this node, then the words that state it, once. */
  function entry(group, node) {
    const item = make("li");
    for (const edge of group) item.append(make("p", {}, ...sentence(edge, node.id), EVENTS.has(node.group) ? "" : when(edge), " ", planned(edge)));
    item.append(...words(group.flatMap((edge) => edge.quotes)));
    return item;
  }

  function tellNode(node) {
    const facts = new Map();
    for (const edge of edgesOf.get(node.id)) {
      const key = edge.fact || `edge ${edge.id}`;
      facts.set(key, [...(facts.get(key) ?? []), edge]);
    }
    const also = node.chip ? node.names.filter((name) => name !== node.name) : [];
    return [
      make("p", { className: "kind", of: node.group }, kindOf(node)),
      make("h2", {}, node.name),
      node.detail ? make("p", { className: "detail" }, node.detail.split("; ").join(" · ")) : "",
      also.length ? make("p", { className: "also" }, "Also ", also.slice(0, SPELLINGS).join(", ")) : "",
      also.length > SPELLINGS ? make("details", { className: "also" }, make("summary", {}, `${also.length - SPELLINGS} more spellings`), also.slice(SPELLINGS).join(", ")) : "",
      make("ul", { className: "facts" }, ...[...facts.values()].map((group) => entry(group, node))),
    ];
  }

  function tellEdge(edge) {
    return [
      make("p", { className: "kind", of: edge.kind }, "Connection"),
      make("h2", {}, edge.name.charAt(0).toUpperCase() + edge.name.slice(1)),
      make("p", { className: "detail" }, link(byId.get(edge.from)), edge.arrows ? " → " : " — ", link(byId.get(edge.to)), when(edge), " ", planned(edge)),
      ...words(edge.quotes),
    ];
  }

  function tellAll() {
    const known = most().filter((node) => node.chip).slice(0, 8);
    if (graph.nodes.length === 0) return [make("h2", {}, "Nothing yet"), make("p", { className: "lead" }, "No article here states who meets, visits, signs or trades.")];
    return [
      make("h2", {}, "Who is connected"),
      make("p", { className: "lead" }, "Choose a name or a line to see what the articles say about it, word for word."),
      make("ul", { className: "most" }, ...known.map((node) => make("li", {}, link(node), make("small", {}, String(edgesOf.get(node.id).length))))),
    ];
  }

  function tell() {
    const back = make("button", { type: "button", className: "back", on: () => choose(null) }, "Back to all");
    const parts = chosen === null ? tellAll() : [back, ...(chosen.node !== undefined ? tellNode(byId.get(chosen.node)) : tellEdge(graph.edges[chosen.edge]))];
    $("panel").replaceChildren(...parts.filter((part) => part !== ""));
    $("panel").scrollTop = 0;
  }

  /* ---------- hovering ---------- */

  function hover(parts, pointer) {
    const tip = $("tip");
    tip.replaceChildren(...parts.filter(Boolean));
    tip.hidden = false;
    const { width, height } = $("stage").getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(pointer.x + 14, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(8, Math.min(pointer.y + 14, height - tip.offsetHeight - 8))}px`;
  }

  const unhover = () => { $("tip").hidden = true; $("net").style.cursor = ""; };
  const shorten = (text) => (text.length > 220 ? `${text.slice(0, 217)}…` : text);
  const spoken = (quote) => (quote ? [make("q", {}, shorten(quote.exact)), make("i", {}, [quote.title || quote.source, quote.published].filter(Boolean).join(" · "))] : []);

  network.on("hoverNode", ({ node: id, pointer }) => {
    const node = byId.get(id);
    const own = EVENTS.has(node.group) ? spoken(edgesOf.get(id)[0]?.quotes[0]) : [];
    $("net").style.cursor = "pointer";
    hover([make("b", {}, node.name), node.detail ? make("i", {}, node.detail.split("; ").join(" · ")) : null, ...own], pointer.DOM);
  });
  network.on("hoverEdge", ({ edge: id, pointer }) => {
    const edge = graph.edges[id];
    $("net").style.cursor = "pointer";
    hover([make("b", {}, `${byId.get(edge.from).name} ${edge.arrows ? "→" : "—"} ${byId.get(edge.to).name}`), make("i", {}, edge.name, when(edge) ?? ""),
      ...spoken(edge.quotes[0])], pointer.DOM);
  });
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, unhover);
  network.on("click", (event) => {
    unhover();
    if (event.nodes.length) choose({ node: event.nodes[0] });
    else if (event.edges.length) choose({ edge: event.edges[0] });
    else if (chosen !== null) choose(null);
  });

  /* ---------- search ---------- */

  const index = graph.nodes.map((node) => ({ node, names: [...new Set([node.name, ...node.names])].map((name) => [fold(name), name]) }));
  const rows = [...document.querySelectorAll("#list tbody tr")];
  let found = [];
  let picked = 0;

  function search(query) {
    const wanted = fold(query.trim());
    if (!wanted) return [];
    const rank = (folded) => (folded.startsWith(wanted) ? 0 : folded.includes(` ${wanted}`) ? 1 : 2);
    return index.flatMap(({ node, names }) => {
      const hits = names.filter(([folded]) => folded.includes(wanted)).sort(([a], [b]) => rank(a) - rank(b));
      return hits.length ? [{ node, name: hits[0][1], rank: rank(hits[0][0]) }] : [];
    }).sort((a, b) => a.rank - b.rank || edgesOf.get(b.node.id).length - edgesOf.get(a.node.id).length);
  }

  function offer() {
    const query = $("find").value;
    const all = search(query);
    found = all.slice(0, 8);
    picked = 0;
    const ids = new Set(all.map(({ node }) => node.id));
    const wanted = fold(query.trim());
    rows.forEach((row, at) => { row.hidden = wanted !== "" && !ids.has(graph.edges[at].from) && !ids.has(graph.edges[at].to) && !fold(row.textContent).includes(wanted); });
    const listed = document.body.classList.contains("listed");
    $("found").replaceChildren(...(found.length ? found.map(({ node, name }, at) => {
      const option = make("li", { id: `found-${at}`, on: () => take(at) }, node.name, make("small", {}, [kindOf(node), name === node.name ? "" : name].filter(Boolean).join(" · ")));
      option.setAttribute("role", "option");
      return option;
    }) : [make("li", {}, make("small", {}, "No name like this"))]));
    reveal(wanted !== "" && !listed);
    point();
  }

  function reveal(open) {
    $("found").hidden = !open;
    $("find").setAttribute("aria-expanded", String(open));
  }

  function point() {
    [...$("found").children].forEach((option, at) => option.setAttribute("aria-selected", String(at === picked && found.length > 0)));
    if (found.length) $("find").setAttribute("aria-activedescendant", `found-${picked}`);
    else $("find").removeAttribute("aria-activedescendant");
  }

  function take(at) {
    if (!found[at]) return;
    reveal(false);
    choose({ node: found[at].node.id }, true);
  }

  $("find").addEventListener("input", offer);
  $("find").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if ($("found").hidden) offer();
      else if (found.length) picked = (picked + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      point();
    } else if (event.key === "Enter") take(picked);
    else if (event.key === "Escape") { $("find").value = ""; offer(); }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) reveal(false); });
  document.addEventListener("keydown", (event) => {
    if (event.target === $("find")) return;
    if (event.key === "/") { event.preventDefault(); $("find").focus(); }
    else if (event.key === "Escape" && chosen !== null) choose(null);
  });

  /* ---------- the rest of the controls ---------- */

  for (const [set, attribute] of [["class", "class"], ["line", "line"]]) {
    for (const button of document.querySelectorAll(`[data-${attribute}]`)) {
      button.addEventListener("click", () => {
        const shown = button.getAttribute("aria-pressed") === "false";
        button.setAttribute("aria-pressed", String(shown));
        off[set][shown ? "delete" : "add"](button.dataset[attribute]);
        restyle();
      });
    }
  }

  function show(listed) {
    document.body.classList.toggle("listed", listed);
    $("as-list").setAttribute("aria-pressed", String(listed));
    $("as-picture").setAttribute("aria-pressed", String(!listed));
    reveal(false);
    if (!listed) network.redraw();
  }
  $("as-list").addEventListener("click", () => show(true));
  $("as-picture").addEventListener("click", () => show(false));
  $("closer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.4, animation: motion() }));
  $("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.4, animation: motion() }));
  $("whole").addEventListener("click", () => whole(true));
  dark.addEventListener("change", () => { readColours(); restyle(); });
  narrow.addEventListener("change", () => { nodes.update(graph.nodes.map((node) => ({ id: node.id, ...at(node) }))); open(); });

  open();
  const asked = decodeURIComponent(location.hash.slice(1));
  if (byId.has(asked)) choose({ node: asked }, true);
  else tell();
  window.elchi = { network, choose };
})();
