"use strict";

// The terminal's own script opens the socket, and keeps from the page why it was closed and who is
// ahead in line. So it is given a socket that tells the page too.

const ENDINGS = {
  4000: ["You left the assistant. An unfinished interview is kept.", "Start again"],
  4001: ["The assistant stopped because of a fault; your answers are kept. Reload to go on.", "Reload"],
  4002: ["All places are taken. This page tries again by itself.", "Try now"],
  4003: ["Nothing was pressed for a while, so the assistant was closed. Your answers are kept.", "Go on"],
  4004: ["The assistant was opened in another tab or window, and goes on there.", "Go on here"],
  4005: ["The assistant was shut down by whoever runs it. Your answers are kept.", "Try again"],
  4006: [
    "The assistant cannot start. Tell whoever runs it: the reason stands where it was started.",
    "Try again",
  ],
};
const LOST = ["The connection was lost. Your answers are kept. Reload to go on.", "Reload"];
const FULL = 4002;

function reload() {
  window.location.reload();
}

function show_ending(code) {
  const [why, again] = ENDINGS[code] ?? LOST;
  document.getElementById("why").textContent = why;
  const button = document.getElementById("again");
  button.textContent = again;
  button.onclick = reload;
  document.getElementById("ended").hidden = false;
  document.body.classList.add("-ended");
  button.focus();
  if (code === FULL) {
    window.setTimeout(reload, Number(document.body.dataset.retry) * 1000);
  }
}

function show_place(place) {
  const words = place ? `Starting… you are number ${place} in line.` : "Starting…";
  document.getElementById("waiting").textContent = words;
}

function take_keyboard() {
  document.querySelector(".xterm-helper-textarea")?.focus();
}

window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("close", (event) => show_ending(event.code));
    this.addEventListener("message", (event) => {
      if (typeof event.data !== "string") {
        if (!document.body.classList.contains("-first-byte")) {
          window.setTimeout(take_keyboard);
        }
        return;
      }
      const [kind, said] = JSON.parse(event.data);
      if (kind === "waiting") {
        show_place(said);
      }
    });
  }
};
