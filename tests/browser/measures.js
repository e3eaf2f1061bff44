// What no rule engine measures: sideways scroll, small text, small targets, faint borders, and words to be translated.

const seen = (element) => {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && !element.closest("details:not([open]) > :not(summary)");
};

const named = (element) => {
  const id = element.id ? `#${element.id}` : "";
  const words = (element.textContent || element.value || "").trim().slice(0, 40);
  return `${element.tagName.toLowerCase()}${id}.${element.className} “${words}”`;
};

const texts = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
  return found;
};

const channels = (colour) => {
  const parts = colour.match(/[\d.]+/g).map(Number);
  return parts.length === 4 && parts[3] === 0 ? null : parts.slice(0, 3);
};

const ground = (element) => {
  for (let here = element; here; here = here.parentElement) {
    const colour = channels(getComputedStyle(here).backgroundColor);
    if (colour) return colour;
  }
  return [255, 255, 255];
};

const luminance = (colour) => {
  const [red, green, blue] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one, other) => {
  const [darker, brighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (brighter + 0.05) / (darker + 0.05);
};

const sideways = () => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => seen(e) && e.getBoundingClientRect().right > page.clientWidth + 1);
  return [`scrolls sideways by ${page.scrollWidth - page.clientWidth} px: ${wide.slice(0, 3).map(named).join("; ")}`];
};

const smallText = () =>
  texts(document.body)
    .filter((node) => seen(node.parentElement) && parseFloat(getComputedStyle(node.parentElement).fontSize) < 17.99)
    .map((node) => `text under 18 px: ${named(node.parentElement)}`);

// A link inside a sentence is as high as its line; a choice is as large as its label.
const target = (element) => {
  const holder = element.matches("input[type=radio], input[type=checkbox]") ? element.closest("label") || element : element;
  const box = holder.getBoundingClientRect();
  const style = getComputedStyle(holder);
  const inline = style.display === "inline";
  return { width: box.width, height: inline ? Math.max(box.height, parseFloat(style.lineHeight)) : box.height, inline };
};

const smallTargets = () =>
  [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(seen).flatMap((element) => {
    const { width, height, inline } = target(element);
    const least = element.matches(".button, .choice input, .top nav a, summary, select, textarea") ? 44 : 24;
    const narrow = width < 24 && !inline;
    return height < least - 0.5 || narrow ? [`target ${Math.round(width)} x ${Math.round(height)} px, least ${least}: ${named(element)}`] : [];
  });

const faintBorders = () =>
  [...document.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .choice")].filter(seen).flatMap((element) => {
    const border = channels(getComputedStyle(element).borderBlockStartColor);
    const ratio = Math.min(contrast(border, ground(element)), contrast(border, ground(element.parentElement)));
    return ratio < 3 ? [`border ${ratio.toFixed(2)} : 1, least 3: ${named(element)}`] : [];
  });

const wholePage = () => {
  const headings = document.querySelectorAll("h1").length;
  const helps = [...document.querySelectorAll("footer h2")].length;
  return [
    ...(headings === 1 ? [] : [`${headings} main headings`]),
    ...(document.title.trim() ? [] : ["no title"]),
    ...(helps ? [] : ["no person who helps at the foot"]),
    ...(document.querySelector("a.skip[href='#main']") && document.getElementById("main") ? [] : ["no skip link"]),
  ];
};

const measured = () => [...sideways(), ...smallText(), ...smallTargets(), ...faintBorders(), ...wholePage()];

const LEFT_ALONE = "bdi, code, script, style, textarea, [translate=no], :root [lang]";

const spoken = () => {
  const written = texts(document.body).filter((node) => !node.parentElement.closest(LEFT_ALONE)).map((node) => node.data.trim());
  const told = ["aria-label", "title", "placeholder", "alt", "data-label"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].filter((e) => !e.closest(LEFT_ALONE)).map((e) => e.getAttribute(name)),
  );
  return [document.title, ...written, ...told];
};
