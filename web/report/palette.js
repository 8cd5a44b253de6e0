// Colours after Okabe and Ito (2008), which people with any colour vision tell apart; in the dark the
// same hues, lighter. Colour never says anything alone: all that is coloured is labelled in words.
const LIGHT = {
  ink: "#1f2633", soft: "#5a6474", faint: "#667080", rule: "#dcd9d0", grid: "#ebe8df", paper: "#ffffff",
  bad: "#c14f00", good: "#00785a", calm: "#0067a3", second: "#a4568a", third: "#8a6a00", grey: "#8b94a3", tint: "#e6edf3",
  levels: ["#d98a54", "#e9d9a8", "#5fae96"],
  series: ["#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#8b94a3", "#b8a800"],
};
const DARK = {
  ink: "#e8e6e0", soft: "#b3b8c2", faint: "#858d9b", rule: "#3a414e", grid: "#2b313c", paper: "#1b2029",
  bad: "#ff9455", good: "#4fcfa6", calm: "#6bb8ee", second: "#e29cc4", third: "#e6c34d", grey: "#9aa3b2", tint: "#2a3543",
  levels: ["#a65521", "#736936", "#2a7660"],
  series: ["#5aaee6", "#ff8a45", "#35c79b", "#f0b73e", "#e29cc4", "#9bd3f5", "#9aa3b2", "#d6cb45"],
};
const dark = matchMedia("(prefers-color-scheme: dark)");

/** `printing`: paper is light whatever the screen is. */
export const palette = (printing) => (dark.matches && !printing ? DARK : LIGHT);
export const onThemeChange = (act) => dark.addEventListener("change", act);

const BAD = new Set(["anger", "contempt", "grievance", "disappointment", "anxiety"]);
const GOOD = new Set(["joy", "gratitude", "anticipation"]);
/** Which way a feeling points: "bad", "good" or "calm". */
export const tone = (emotion) => (BAD.has(emotion) ? "bad" : GOOD.has(emotion) ? "good" : "calm");
