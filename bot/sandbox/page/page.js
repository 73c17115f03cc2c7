// The page: one live stream of events from the stand-in, one column a person. A lost stream comes back by itself with a whole snapshot.
import { Column, initial } from "./column.js";
import { clockText, dateText, h, startLink } from "./draw.js";
import { showMenu } from "./menu.js";

const find = (selector) => document.querySelector(selector);
const page = { zone: "Asia/Shanghai", bot: { username: "" }, columns: new Map(), ahead: 0, post, view, chooseWho, askLink, showUnread };

async function post(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return await answer.json();
  } catch {
    return { ok: false, error: "连不上演示程序。The demo does not answer." };
  }
}

// ── Live ──

function listen() {
  const stream = new EventSource("/sandbox/events");
  const on = (name, react) => stream.addEventListener(name, (event) => react(JSON.parse(event.data)));
  const chat = (react) => (about) => { const column = page.columns.get(about.chat_id); if (column) react(column, about); };
  stream.addEventListener("open", () => link("live", ""));
  stream.addEventListener("error", () => {
    link("lost", "重新连接…");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  });
  on("snapshot", load);
  on("clock", ({ now }) => setClock(now));
  on("message", chat((column, message) => column.receive(message)));
  on("deleted", chat((column, { message_id: id }) => column.remove(id)));
  on("toast", chat((column, { text, alert }) => column.toast(text, alert)));
  on("action", chat((column) => column.acting(true)));
  on("chat", chat((column, about) => column.stand(about)));
  on("commands", ({ commands }) => { for (const [id, list] of Object.entries(commands)) page.columns.get(Number(id)).commands = list; });
}

function link(state, words) {
  const node = find(".link-state");
  node.dataset.link = state;
  node.textContent = words;
}

function load(state) {
  Object.assign(page, { zone: state.time_zone, bot: state.bot });
  setClock(state.now);
  if (!page.columns.size) build(state.people);
  for (const person of state.people) page.columns.get(person.user_id)?.load(person);
  document.body.dataset.ready = "true";
}

function build(people) {
  people.forEach((person, index) => {
    const column = new Column(person, index, page);
    page.columns.set(person.user_id, column);
    find(".columns").append(column.node);
    const avatar = h("span", { class: "avatar", "data-hue": index % 6, "aria-hidden": "true" }, initial(person.name));
    column.tab = h("button", { type: "button", "data-goto": person.user_id, onclick: () => goTo(column) }, avatar, h("span", { dir: "auto" }, person.name), h("span", { class: "badge", hidden: true }));
    find(".people").append(column.tab);
  });
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const column = page.columns.get(Number(target.dataset.person));
      column.tab.setAttribute("aria-current", String(isIntersecting));
      if (isIntersecting && innerWidth < 900) column.tab.parentNode.scrollTo({ left: column.tab.offsetLeft - 40, behavior: "smooth" });
      if (isIntersecting && column.atEnd()) column.seen();
    }
  }, { root: find(".columns"), threshold: 0.6 });
  for (const column of page.columns.values()) watcher.observe(column.node);
}

function goTo(column) {
  column.node.scrollIntoView({ inline: "start", block: "nearest" });
  column.toEnd();
  column.input.focus({ preventScroll: true });
}

function showUnread(column) {
  const badge = column.tab.querySelector(".badge");
  badge.hidden = column.unread === 0;
  badge.textContent = column.unread;
  badge.setAttribute("aria-label", `${column.unread} 条新消息`);
  const all = [...page.columns.values()].reduce((sum, one) => sum + one.unread, 0);
  document.title = `${all ? `(${all}) ` : ""}民声台账 Minsheng · 演示`;
}

// ── The clock ──

function setClock(now) {
  page.ahead = new Date(now) - Date.now();
  tick();
}

function tick() {
  const now = new Date(Date.now() + page.ahead);
  find(".now .day").textContent = dateText(now, page.zone);
  find(".now .hour").textContent = clockText(now, page.zone);
  find(".now").dateTime = now.toISOString();
}

async function advance(button) {
  const busy = find(".catching-up");
  const steps = [...document.querySelectorAll("[data-advance]")];
  for (const step of steps) step.disabled = true;
  find(".time").setAttribute("aria-busy", "true");
  busy.classList.add("busy");
  busy.textContent = "机器人正在赶上… The bot is catching up";
  const answer = await post("/sandbox/clock", { advance_seconds: Number(button.dataset.advance) });
  if (answer.ok) setClock(answer.now);
  else link("lost", answer.error);
  for (const step of steps) step.disabled = false;
  find(".time").removeAttribute("aria-busy");
  busy.classList.remove("busy");
  busy.textContent = "";
  button.focus();
}

// ── Links, photos, guide ──

function chooseWho(url, anchor, from) {
  const others = [...page.columns.values()];
  others.sort((a, b) => Number(b === from) - Number(a === from));
  showMenu(anchor, "以…身份打开 Open as", [{ title: "以…身份打开 Open as" }, ...others.map((column) => ({
    id: `open-as-${column.person.user_id}`, label: column.person.name, small: column.person.role_label,
    mark: column.find(".avatar").cloneNode(true), run: () => { column.act({ open: url }); goTo(column); },
  }))]);
}

function askLink(column) {
  const typed = prompt(`邀请链接 Start link (https://t.me/${page.bot.username}?start=…)`, "")?.trim();
  if (!typed) return;
  if (startLink(typed, page.bot.username)) column.act({ open: typed });
  else column.toast("这不是这个机器人的链接。Not a start link of this bot.");
}

function view(src) {
  find(".viewer img").src = src;
  find(".viewer").showModal();
}

find(".viewer").addEventListener("click", () => find(".viewer").close());
find(".guide-toggle").addEventListener("click", ({ currentTarget: toggle }) => {
  const guide = find("#guide");
  guide.hidden = !guide.hidden;
  toggle.setAttribute("aria-expanded", String(!guide.hidden));
});
for (const button of document.querySelectorAll("[data-advance]")) button.addEventListener("click", () => advance(button));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const column of page.columns.values()) if (column.inView() && column.atEnd()) column.seen();
});
setInterval(tick, 1000);
listen();
