"use strict";

// The terminal's own script opens the socket, and keeps from the page why it was closed and who is
// ahead in line. So it is given a socket that tells the page too.

const ENDINGS = {
  4000: ["You left the assistant. An unfinished interview is saved.", "Start again"],
  4001: ["The assistant stopped because of an error. Your answers are saved. Reload to continue.", "Reload"],
  4002: ["All places are taken. This page will try again automatically.", "Try now"],
  4003: ["The assistant closed because you pressed no key for a while. Your answers are saved.", "Continue"],
  4004: ["You opened the assistant in a different tab or window. It continues there.", "Continue here"],
  4005: ["The person who runs the assistant shut it down. Your answers are saved.", "Try again"],
  4006: [
    "The assistant cannot start. Tell the person who runs it to look where it was started for the reason.",
    "Try again",
  ],
};
const LOST = ["The connection was lost. Your answers are saved. Reload to continue.", "Reload"];
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
  const words = place ? `Starting… You are number ${place} in line.` : "Starting…";
  document.getElementById("waiting").textContent = words;
}

// As many columns as the assistant needs fit beside one another on a phone too, in smaller letters.
const LEAST_COLUMNS = 52;
const WIDTH_OF_LETTER = 0.61;
const LEAST_SIZE = 9;

function fit_letters() {
  const terminal = document.getElementById("terminal");
  const fitting = Math.floor(window.innerWidth / LEAST_COLUMNS / WIDTH_OF_LETTER);
  const usual = Number(terminal.dataset.fontSize);
  terminal.dataset.fontSize = Math.min(usual, Math.max(LEAST_SIZE, fitting));
}

document.addEventListener("DOMContentLoaded", fit_letters);

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
