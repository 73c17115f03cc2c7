// One message as it stands in a chat. Text becomes nodes, never HTML source: what people write stays words.

const SVG = {
  play: "M8 5.5v13l10.5-6.5z",
  stop: "M7 7h10v10H7z",
  image: "M4 5.5h16v13H4zM4 15.5l4.5-4.5 4 4 3-3 4.5 4.5M15 9.2h.01",
  pin: "M12 21s6.5-6.2 6.5-11a6.5 6.5 0 0 0-13 0c0 4.8 6.5 11 6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  mic: "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3",
  phone: "M6.5 4h3l1.5 4-2 1.4a11 11 0 0 0 5.6 5.6l1.4-2 4 1.5v3a2 2 0 0 1-2.2 2A15.5 15.5 0 0 1 4.5 6.2a2 2 0 0 1 2-2.2z",
  file: "M7 3.5h7l4.5 4.5v12.5h-11.5zM14 3.5v4.5h4.5",
};
const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const START = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\?start=([A-Za-z0-9_-]{1,64})$/;

export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", SVG[name]);
  svg.append(path);
  return svg;
}

export function startLink(url, username) {
  const match = START.exec(url ?? "");
  return match && (!username || match[1].toLowerCase() === username.toLowerCase()) ? match[0] : null;
}

export function languageOf(text) {
  if (/[\u1800-\u18af]/.test(text)) return "sjo";
  return /[\u0600-\u06ff]/.test(text) ? "ug" : "zh-Hans";
}

// `hands`: what happens on a click. {open(link, anchor), choose(link, anchor), say(text), press(button, node), view(src), jump(id), zone, username}
export function drawMessage(message, hands, quoted) {
  const own = !message.from_bot;
  const keys = message.buttons.length > 0;
  const item = h("li", {
    class: `message ${own ? "own" : "bot"}${keys ? " has-keys" : ""}`,
    "data-message-id": message.message_id,
    "data-from": own ? "person" : "bot",
  });
  const bare = message.media.photo && !message.text;
  const bubble = h("div", { class: bare ? "bubble bare" : "bubble" }, h("span", { class: "sr" }, own ? "我：" : "机器人："));
  if (quoted) bubble.append(h("button", { type: "button", class: "quote", "aria-label": "跳到原消息", onclick: () => hands.jump(quoted.message_id) }, summary(quoted)));
  const media = drawMedia(message.media, hands);
  if (media) bubble.append(media);
  if (message.text) {
    const text = h("div", { class: "text", dir: "auto", lang: languageOf(message.text) });
    text.append(...formatted(message.text, message.entities, hands));
    bubble.append(text);
  }
  const time = new Date(message.sent_at);
  bubble.append(h("div", { class: "meta" },
    message.edited ? h("span", { class: "edited" }, "已编辑") : null,
    h("time", { datetime: message.sent_at }, clockText(time, hands.zone))));
  item.append(bubble);
  if (keys) item.append(h("div", { class: "keys", role: "group", "aria-label": "按钮 Buttons" }, ...message.buttons.map((row) => h("div", { class: "row" }, ...row.map((button) => key(button, message, hands))))));
  return item;
}

function key(button, message, hands) {
  if (button.url !== undefined) {
    const link = startLink(button.url, hands.username);
    if (!link) return h("button", { type: "button", class: "key", "data-url": button.url, onclick: () => visit(button.url) }, button.text);
    return h("div", { class: "key-pair" },
      h("button", { type: "button", class: "key", "data-url": link, onclick: () => hands.open(link) }, button.text),
      chooser(link, hands));
  }
  const node = h("button", { type: "button", class: "key", dir: "auto", "data-callback-data": button.callback_data }, button.text);
  node.addEventListener("click", () => hands.press(message, button, node));
  return node;
}

function chooser(link, hands) {
  return h("button", { type: "button", class: "as", "aria-haspopup": "menu", "aria-label": "以…身份打开 Open as", title: "以…身份打开 Open as …", onclick: (event) => hands.choose(link, event.currentTarget) }, "▾");
}

function visit(url) {
  if (/^(https?:|tel:|mailto:)/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
}

export function formatted(text, entities, hands) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, hands);
}

function build(text, entities, from, to, hands) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    if (entity.offset > at) nodes.push(...plainNodes(text.slice(at, entity.offset)));
    const inner = entities.slice(i + 1).filter((other) => other.offset < end);
    nodes.push(wrap(entity, text.slice(entity.offset, end), build(text, inner, entity.offset, end, hands), hands));
    at = BLOCKS.has(entity.type) && text[end] === "\n" && end < to ? end + 1 : end; // the end of a block ends its line
  }
  if (at < to) nodes.push(...plainNodes(text.slice(at, to)));
  return nodes;
}

// Isolated dates and numbers stay on one line: broken in two, a date inside right-to-left text cannot be read.
function plainNodes(text) {
  if (!/[\u2066-\u2068]/.test(text)) return [text];
  const parts = text.split(/([\u2066-\u2068][\dA-Za-z.:+\/-]{1,24}\u2069)/);
  return parts.map((part, i) => (i % 2 ? h("span", { class: "whole" }, part) : part)).filter((part) => part !== "");
}

function wrap(entity, plain, children, hands) {
  if (TAGS[entity.type]) return h(TAGS[entity.type], entity.type === "blockquote" ? { dir: "auto" } : {}, ...children);
  if (entity.type === "spoiler") return h("span", { class: "spoiler", tabindex: "0" }, ...children);
  if (entity.type === "bot_command") return h("button", { type: "button", class: "link command", dir: "ltr", onclick: () => hands.say(plain) }, ...children);
  if (entity.type === "url" || entity.type === "text_link") {
    const url = entity.url ?? plain;
    const link = startLink(url, hands.username);
    if (link) return h("span", { class: "start-link" }, h("a", { class: "link", href: link, onclick: (event) => { event.preventDefault(); hands.open(link); } }, ...children), "\u2060", chooser(link, hands));
    if (/^https?:\/\//i.test(url)) return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
    if (/^(tel|mailto):/i.test(url)) return h("a", { href: url }, ...children);
  }
  return h("span", {}, ...children);
}

function drawMedia(media, hands) {
  if (media.photo) {
    const src = `/sandbox/files/${media.photo.at(-1).file_id}`;
    return h("button", { type: "button", class: "photo", "aria-label": "看照片 View photo", onclick: () => hands.view(src) }, h("img", { src, alt: "照片", loading: "lazy" }));
  }
  if (media.location) {
    const { latitude, longitude } = media.location;
    return h("div", { class: "place", role: "img", "aria-label": `位置 ${latitude}, ${longitude}` }, h("div", { class: "map" }), h("small", {}, `${latitude.toFixed(4)}°N ${longitude.toFixed(4)}°E`));
  }
  const sound = media.voice ?? media.audio;
  if (sound) return player(`/sandbox/files/${sound.file_id}`, sound.duration);
  const file = media.document ?? media.video ?? media.animation;
  if (file) {
    const name = file.file_name ?? "文件";
    return h("div", { class: "file" }, h("span", { class: "file-icon" }, icon("file")),
      h("span", {}, h("a", { href: `/sandbox/files/${file.file_id}`, download: name }, name), h("small", {}, size(file.file_size))));
  }
  if (media.contact) return h("div", { class: "card" }, h("span", { class: "file-icon", "aria-hidden": "true" }, icon("phone")), h("span", {}, media.contact.first_name, h("small", {}, media.contact.phone_number)));
  return null;
}

function player(src, duration) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = src;
  const button = h("button", { type: "button", class: "play", "aria-label": "播放语音 Play voice" }, icon("play"));
  const show = (playing) => button.replaceChildren(icon(playing ? "stop" : "play"));
  button.addEventListener("click", () => (sound.paused ? sound.play().catch(() => show(false)) : (sound.pause(), sound.currentTime = 0)));
  sound.addEventListener("play", () => show(true));
  for (const name of ["pause", "ended", "error"]) sound.addEventListener(name, () => show(false));
  return h("div", { class: "voice" }, button, h("div", { class: "wave", "aria-hidden": "true" }, ...Array.from({ length: 26 }, () => h("i"))),
    h("small", {}, `0:${String(duration ?? 0).padStart(2, "0")}`));
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

export function summary(message) {
  if (message.text) return message.text.split("\n")[0].slice(0, 80);
  const names = { photo: "照片", location: "位置", voice: "语音", document: "文件", contact: "电话" };
  return names[Object.keys(message.media)[0]] ?? "消息";
}

const formats = new Map();
function format(zone, options) {
  const id = zone + JSON.stringify(options);
  if (!formats.has(id)) formats.set(id, new Intl.DateTimeFormat("zh-CN", { timeZone: zone, ...options }));
  return formats.get(id);
}
export const clockText = (time, zone) => format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(time);
export const dayText = (time, zone) => format(zone, { month: "long", day: "numeric", weekday: "short" }).format(time);
export const dateText = (time, zone) => format(zone, { year: "numeric", month: "long", day: "numeric", weekday: "short" }).format(time);
