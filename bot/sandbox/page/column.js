// One person's chat. It shows what the server says and sends what the person does; it keeps nothing that a reload would lose but the draft.
import { dayText, drawMessage, h, icon, languageOf } from "./draw.js";
import { showMenu } from "./menu.js";
import { PICTURES, PLACES, base64, picture, thumbnail, voice } from "./samples.js";

const TOAST_MS = 3800;

export class Column {
  constructor(person, index, page) {
    this.person = person;
    this.page = page;
    this.messages = new Map();
    this.unread = 0;
    this.node = document.getElementById("column").content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.node.querySelector(selector);
    this.list = this.find(".messages");
    this.input = this.find(".input");
    Object.assign(this.node.dataset, { person: person.user_id, role: person.role });
    this.node.setAttribute("aria-label", `${person.name}，${person.role_label}`);
    const avatar = this.find(".avatar");
    avatar.dataset.hue = index % 6;
    avatar.textContent = initial(person.name);
    this.find(".name").textContent = person.name;
    this.find(".name").lang = languageOf(person.name);
    this.find(".role").textContent = person.role_label;
    this.list.setAttribute("aria-label", `${person.name} 的消息 Messages`);
    this.input.setAttribute("aria-label", `${person.name} 的输入框 Message`);
    if (person.direction === "rtl") this.input.placeholder = "بىر جۈملە يېزىڭ…";
    this.find(".hint").textContent = person.role === "resident" ? "还没有说过话。" : "还没有说过话。工作人员也可以从邀请链接进来。";
    this.hands = {
      zone: page.zone,
      username: page.bot.username,
      open: (link) => this.act({ open: link }),
      choose: (link, anchor) => page.chooseWho(link, anchor, this),
      say: (text) => this.act({ text }),
      press: (message, button, node) => this.press(message, button, node),
      view: (src) => page.view(src),
      jump: (id) => this.list.querySelector(`[data-message-id="${id}"]`)?.scrollIntoView({ block: "center" }),
    };
    this.wire();
  }

  wire() {
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    });
    this.find(".start").addEventListener("click", () => { this.act({ text: "/start" }); this.input.focus(); });
    this.find(".unblock").addEventListener("click", () => this.act({ unblock: true }));
    this.find(".commands").addEventListener("click", (event) => this.showCommands(event.currentTarget));
    this.find(".attach").addEventListener("click", (event) => this.showAttach(event.currentTarget));
    this.find(".more").addEventListener("click", (event) => this.showMore(event.currentTarget));
    this.find(".unread").addEventListener("click", () => this.toEnd());
    this.find(".file").addEventListener("change", (event) => this.sendFile(event.target));
    this.list.addEventListener("scroll", () => { if (this.atEnd()) this.seen(); }, { passive: true });
  }

  // ── What the server says ──

  load({ chat, commands }) {
    this.commands = commands;
    this.messages = new Map(chat.messages.map((message) => [message.message_id, message]));
    this.list.replaceChildren();
    this.lastDay = "";
    for (const message of this.messages.values()) this.append(message);
    this.stand(chat);
    this.toEnd();
  }

  stand({ standing, reply_keyboard: keyboard }) {
    this.standing = standing;
    this.node.classList.toggle("is-new", this.messages.size === 0 && standing !== "blocked");
    const blocked = standing === "blocked" || standing === "gone";
    this.find(".composer").hidden = blocked;
    this.find(".blocked").hidden = !blocked;
    const rows = blocked ? [] : keyboard?.keyboard ?? [];
    const place = this.find(".reply-keyboard");
    place.hidden = rows.length === 0;
    place.replaceChildren(...rows.map((row) => h("div", { class: "row" }, ...row.map((key) => this.replyKey(key)))));
  }

  replyKey(key) {
    const { text, request_location: location, request_contact: contact } = typeof key === "string" ? { text: key } : key;
    const node = h("button", { type: "button", class: "key", dir: "auto" }, text);
    node.addEventListener("click", () => {
      if (location) this.showPlaces(node);
      else if (contact) this.act({ contact: this.phone() });
      else this.act({ text });
    });
    return node;
  }

  receive(message) {
    const known = this.messages.has(message.message_id);
    const stayed = this.atEnd();
    this.messages.set(message.message_id, message);
    this.node.classList.remove("is-new");
    this.acting(false);
    if (known) {
      const node = this.draw(message);
      const old = this.list.querySelector(`[data-message-id="${message.message_id}"]`);
      const label = old.contains(document.activeElement) ? document.activeElement.textContent : null;
      node.classList.add("changed");
      node.classList.toggle("turn", old.classList.contains("turn"));
      old.replaceWith(node);
      if (label !== null) ([...node.querySelectorAll(".key")].find((key) => key.textContent === label) ?? this.input).focus({ preventScroll: true });
    } else {
      this.append(message).classList.add("fresh");
    }
    if (!message.from_bot || (stayed && this.inView())) this.toEnd();
    else if (!known) { this.unread += 1; this.showUnread(); }
  }

  draw(message) {
    return drawMessage(message, this.hands, this.messages.get(message.reply_to));
  }

  append(message) {
    const node = this.draw(message);
    const day = dayText(new Date(message.sent_at), this.page.zone);
    const last = this.list.lastElementChild;
    if (day !== this.lastDay) this.list.append(h("li", { class: "day-line" }, h("span", {}, day)));
    else if (last?.dataset.from !== node.dataset.from) node.classList.add("turn");
    this.lastDay = day;
    this.list.append(node);
    return node;
  }

  remove(id) {
    this.messages.delete(id);
    this.list.querySelector(`[data-message-id="${id}"]`)?.remove();
  }

  acting(active) {
    const role = this.find(".role");
    role.classList.toggle("acting", active);
    role.textContent = active ? "机器人正在准备…" : this.person.role_label;
    clearTimeout(this.actingTimer);
    if (active) this.actingTimer = setTimeout(() => this.acting(false), 5000);
  }

  toast(text, alert = false) {
    for (const key of this.list.querySelectorAll(".key.waiting")) key.classList.remove("waiting");
    if (!text) return;
    const node = this.find(".toast");
    node.textContent = text;
    node.hidden = true;
    void node.offsetWidth;
    node.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { node.hidden = true; }, alert ? TOAST_MS * 2 : TOAST_MS);
  }

  // ── Where the reader is ──

  atEnd() { return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60; }

  inView() {
    const { left, right } = this.node.getBoundingClientRect();
    return !document.hidden && right > 60 && left < innerWidth - 60;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    for (const image of this.list.querySelectorAll("img")) {
      if (!image.complete) image.addEventListener("load", () => { if (!this.unread) this.list.scrollTop = this.list.scrollHeight; }, { once: true });
    }
    if (this.inView()) this.seen();
  }

  seen() {
    if (this.unread) { this.unread = 0; this.showUnread(); }
  }

  showUnread() {
    this.find(".unread").hidden = this.unread === 0;
    this.find(".count").textContent = `${this.unread} `;
    this.node.dataset.unread = this.unread;
    this.page.showUnread(this);
  }

  // ── What the person does ──

  async act(what) {
    const answer = await this.page.post("/sandbox/act", { user: this.person.user_id, ...what });
    if (!answer.ok) this.toast(answer.error);
    return answer.ok;
  }

  async send() {
    const text = this.input.value;
    if (!text.trim()) return;
    this.input.value = "";
    if (!(await this.act({ text }))) this.input.value = text;
  }

  async press(message, button, node) {
    node.classList.add("waiting");
    setTimeout(() => node.classList.remove("waiting"), 6000);
    if (!(await this.act({ press: { message_id: message.message_id, data: button.callback_data } }))) node.classList.remove("waiting");
  }

  async sendFile(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    const caption = this.input.value.trim();
    if (await this.act({ photo: base64(await file.arrayBuffer()), caption })) this.input.value = "";
  }

  phone() { return `+86138000${String(this.person.user_id).padStart(5, "0")}`; }

  showCommands(anchor) {
    const entries = this.commands.map(({ command, description }) => ({ id: command, label: description, mark: h("b", {}, `/${command}`), run: () => this.act({ text: `/${command}` }) }));
    showMenu(anchor, "命令 Commands", entries.length ? entries : [{ title: "还没有命令 No commands yet" }, { id: "start", label: "开始 Start", mark: h("b", {}, "/start"), run: () => this.act({ text: "/start" }) }]);
  }

  showAttach(anchor) {
    const mark = (name) => h("span", { class: "mark-icon", "aria-hidden": "true" }, icon(name));
    showMenu(anchor, "附件 Attach", [
      { id: "photo-file", label: "从文件选照片…", small: "Photo file", mark: mark("image"), run: () => this.find(".file").click() },
      ...PICTURES.map((sample, i) => ({ id: `sample-photo-${i}`, label: `示例照片：${sample.name}`, small: `Sample photo: ${sample.english}`, mark: thumbnail(sample), run: async () => this.act({ photo: await picture(sample), caption: this.takeDraft() }) })),
      { id: "place", label: "位置…", small: "Place", mark: mark("pin"), run: () => this.showPlaces(anchor) },
      { id: "voice", label: "示例语音", small: "Sample voice", mark: mark("mic"), run: () => this.act({ voice: voice(3), duration: 3 }) },
      { id: "contact", label: "我的电话", small: `My phone number (${this.phone()})`, mark: mark("phone"), run: () => this.act({ contact: this.phone() }) },
    ]);
  }

  showPlaces(anchor) {
    showMenu(anchor, "位置 Place", [{ title: "示例位置 Sample places" }, ...PLACES.map(({ name, latitude, longitude }) => ({
      id: name, label: name, small: `${latitude}, ${longitude}`, run: () => this.act({ location: { latitude, longitude } }),
    }))]);
  }

  showMore(anchor) {
    const blocked = this.standing === "blocked";
    showMenu(anchor, "更多 More", [
      { id: "open-link", label: "打开邀请链接…", small: "Open a start link", run: () => this.page.askLink(this) },
      blocked
        ? { id: "unblock", label: "解除屏蔽机器人", small: "Unblock the bot", run: () => this.act({ unblock: true }) }
        : { id: "block", label: "屏蔽机器人", small: "Block the bot", run: () => this.act({ block: true }) },
    ]);
  }

  takeDraft() {
    const text = this.input.value.trim();
    this.input.value = "";
    return text;
  }
}

export function initial(name) {
  const letters = [...name].filter((c) => /\p{L}/u.test(c));
  return letters[0] === "ئ" ? letters.slice(0, 2).join("") : letters[0] ?? "?"; // in Uyghur it only carries the vowel that follows
}

