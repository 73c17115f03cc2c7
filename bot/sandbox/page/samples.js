// Made-up things to attach: pictures drawn here, places of the sample county, a voice of tones. Nothing is fetched.

export const PLACES = [
  { name: "察布查尔镇", latitude: 43.8384, longitude: 81.1508 },
  { name: "爱新舍里镇", latitude: 43.7871, longitude: 80.9712 },
  { name: "孙扎齐牛录镇", latitude: 43.8052, longitude: 81.2306 },
  { name: "琼博拉镇", latitude: 43.5916, longitude: 81.2164 },
];

export const PICTURES = [
  { name: "路面坑洞", english: "pothole", draw: pothole },
  { name: "路灯不亮", english: "street lamp", draw: lamp },
  { name: "垃圾没人清", english: "rubbish", draw: rubbish },
];

function drawn(sample, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const g = canvas.getContext("2d");
  g.scale(width / 960, height / 640);
  sample.draw(g);
  return canvas;
}

export const thumbnail = (sample) => drawn(sample, 126, 90);

export async function picture(sample) {
  const canvas = drawn(sample, 960, 640);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
  return base64(await blob.arrayBuffer());
}

export function voice(seconds = 3) {
  const rate = 8000;
  const count = rate * seconds;
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, "RIFF"); view.setUint32(4, 36 + count * 2, true); word(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  word(36, "data"); view.setUint32(40, count * 2, true);
  for (let i = 0; i < count; i += 1) {
    const t = i / rate;
    const pitch = 150 + 30 * Math.sin(2 * Math.PI * 1.3 * t);
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3.1 * t)) ** 0.6;
    const tone = Math.sin(2 * Math.PI * pitch * t) + 0.5 * Math.sin(4 * Math.PI * pitch * t) + 0.25 * Math.sin(6 * Math.PI * pitch * t);
    view.setInt16(44 + i * 2, tone * syllable * 7000, true);
  }
  return base64(view.buffer);
}

export function base64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function sky(g, top, bottom) {
  const fill = g.createLinearGradient(0, 0, 0, 640);
  fill.addColorStop(0, top);
  fill.addColorStop(1, bottom);
  g.fillStyle = fill;
  g.fillRect(0, 0, 960, 640);
}

function hills(g, colour, base, height) {
  g.fillStyle = colour;
  g.beginPath();
  g.moveTo(0, base);
  for (let x = 0; x <= 960; x += 20) g.lineTo(x, base - height * (0.55 + 0.3 * Math.sin(x / 130) + 0.15 * Math.sin(x / 47)));
  g.lineTo(960, 640); g.lineTo(0, 640);
  g.fill();
}

function poplar(g, x, foot, tall) {
  g.fillStyle = "#5b4a39"; g.fillRect(x - 4, foot - tall * 0.3, 8, tall * 0.3);
  g.fillStyle = "#4f8259"; g.beginPath(); g.ellipse(x, foot - tall * 0.6, tall * 0.13, tall * 0.42, 0, 0, 7); g.fill();
}

function road(g, horizon, asphalt) {
  g.fillStyle = asphalt;
  g.beginPath(); g.moveTo(420, horizon); g.lineTo(540, horizon); g.lineTo(1060, 640); g.lineTo(-100, 640); g.fill();
}

function pothole(g) {
  sky(g, "#9cc8e8", "#eef4ee");
  hills(g, "#a9bcc4", 300, 110); hills(g, "#9db784", 340, 40);
  [90, 170, 250, 720, 800, 880].forEach((x, i) => poplar(g, x, 372 + (i % 2) * 14, 190 - (i % 3) * 22));
  road(g, 320, "#6d7275");
  g.fillStyle = "#e9e4cf";
  for (let y = 340, w = 6; y < 620; y += w * 7, w += 3.2) g.fillRect(480 - w / 2, y, w, w * 3);
  g.fillStyle = "#4a4d4e"; g.beginPath(); g.ellipse(560, 520, 170, 50, -0.06, 0, 7); g.fill();
  g.fillStyle = "#2f2b27"; g.beginPath(); g.ellipse(566, 526, 142, 37, -0.04, 0, 7); g.fill();
  g.fillStyle = "#7c93a0"; g.beginPath(); g.ellipse(580, 534, 96, 19, 0, 0, 7); g.fill();
  g.strokeStyle = "#43474a"; g.lineWidth = 4;
  [[400, 500, 330, 470], [418, 540, 340, 572], [728, 510, 806, 486], [700, 556, 770, 600]].forEach(([a, b, c, d]) => {
    g.beginPath(); g.moveTo(a, b); g.lineTo((a + c) / 2, b - 6); g.lineTo(c, d); g.stroke();
  });
}

function lamp(g) {
  sky(g, "#101a33", "#3a4668");
  g.fillStyle = "#ffffffb0";
  for (let i = 0; i < 60; i += 1) g.fillRect((i * 397) % 960, (i * 173) % 260, 2, 2);
  hills(g, "#1c2740", 360, 90);
  [[80, 190, 150], [250, 150, 110], [640, 170, 140], [810, 200, 160]].forEach(([x, w, t], i) => {
    g.fillStyle = i % 2 ? "#222c46" : "#1a2339"; g.fillRect(x - w / 2, 430 - t, w, t + 40);
    for (let y = 0; y < 3; y += 1) for (let c = 0; c < 4; c += 1) {
      g.fillStyle = (c + y + i) % 3 ? "#121a2c" : "#f3cf7f"; g.fillRect(x - w / 2 + 16 + (c * (w - 40)) / 4, 448 - t + y * 34, 16, 18);
    }
  });
  road(g, 420, "#262c3a");
  [[210, 1, false], [400, 0.55, true], [770, 1.05, false]].forEach(([x, s, lit]) => {
    const foot = 590, top = foot - 380 * s;
    if (lit) { const glow = g.createRadialGradient(x + 60 * s, top + 10, 4, x + 60 * s, top + 40, 170 * s); glow.addColorStop(0, "#ffe9aacc"); glow.addColorStop(1, "#ffe9aa00"); g.fillStyle = glow; g.fillRect(x - 160, top - 90, 420, 420); }
    g.strokeStyle = "#8791a6"; g.lineWidth = 9 * s; g.lineCap = "round";
    g.beginPath(); g.moveTo(x, foot); g.lineTo(x, top + 24 * s); g.quadraticCurveTo(x, top, x + 50 * s, top); g.stroke();
    g.fillStyle = lit ? "#fff3c9" : "#3d465a"; g.beginPath(); g.ellipse(x + 66 * s, top + 7 * s, 27 * s, 10 * s, 0, 0, 7); g.fill();
  });
}

function rubbish(g) {
  sky(g, "#c3d7dc", "#f0ece0");
  g.fillStyle = "#cdb99a"; g.fillRect(0, 170, 960, 250);
  g.strokeStyle = "#b7a283"; g.lineWidth = 3;
  for (let y = 170; y < 420; y += 36) for (let x = ((y / 36) % 2) * 48 - 48; x < 960; x += 96) g.strokeRect(x, y, 96, 36);
  g.fillStyle = "#9a9a92"; g.fillRect(0, 420, 960, 220);
  [[300, "#3f7f5a"], [470, "#476f95"]].forEach(([x, colour]) => {
    g.fillStyle = colour; g.beginPath(); g.moveTo(x, 300); g.lineTo(x + 140, 300); g.lineTo(x + 126, 490); g.lineTo(x + 14, 490); g.fill();
    g.fillStyle = "#2b3d36"; g.fillRect(x - 8, 286, 156, 18);
  });
  [[250, 500, 66, "#2f3337"], [360, 520, 78, "#3b4046"], [640, 505, 84, "#2f3337"], [720, 540, 60, "#e8e5dc"], [540, 540, 58, "#d9d4c6"], [190, 545, 50, "#c9b99a"]].forEach(([x, y, r, colour]) => {
    g.fillStyle = colour; g.beginPath(); g.ellipse(x, y, r, r * 0.72, 0, 0, 7); g.fill();
    g.beginPath(); g.moveTo(x - 12, y - r * 0.66); g.lineTo(x, y - r); g.lineTo(x + 14, y - r * 0.66); g.fill();
  });
  [["#c94f3d", 430, 570], ["#e0b23e", 600, 590], ["#5e8fbd", 300, 596], ["#f2efe6", 500, 604]].forEach(([colour, x, y]) => { g.fillStyle = colour; g.fillRect(x, y, 46, 15); });
}
