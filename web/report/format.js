// Numbers and days as a reader wants them. An interval is [estimate, low, high]; null is not known.
import { lang, t } from "./words.js";

export const known = (interval) => Array.isArray(interval) && Number.isFinite(interval[0]);
export const list = (value) => (Array.isArray(value) ? value : []);
export const middle = (interval) => (known(interval) ? interval[0] : null);
const ends = (interval) => known(interval) && Number.isFinite(interval[1]) && Number.isFinite(interval[2]);

export function share(p) {
  if (!Number.isFinite(p)) return "–";
  const percent = 100 * p;
  if (percent > 0 && percent < 0.95) return "<1%";
  if (percent < 100 && percent >= 99.5) return ">99%";
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)}%`;
}

export function signed(x, digits = 2) {
  if (!Number.isFinite(x)) return "–";
  const text = Math.abs(x).toFixed(digits);
  if (Number(text) === 0) return text;
  return (x < 0 ? "\u2212" : "+") + text;
}

/** A sentence or label begins with a capital in English. */
export const capital = (text) => (lang === "en" && typeof text === "string" ? text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : text);

export const plain = (x, digits = 2) => (Number.isFinite(x) ? x.toFixed(digits).replace("-", "\u2212") : "–");
export const count = (n) => (Number.isFinite(n) ? n.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB") : "–");

/** "12% (9–15%)" by one of the formats above; just the estimate where the ends are unknown. */
export function range(interval, format = share) {
  if (!known(interval)) return "–";
  const estimate = format(interval[0]);
  if (!ends(interval)) return estimate;
  if (format(interval[1]) === estimate && format(interval[2]) === estimate) return estimate;
  const joined = t("span", format(interval[1]), format(interval[2]));
  return lang === "zh" ? `${estimate}（${joined}）` : `${estimate} (${joined})`;
}

/** "2026-03" as "2026 年 3 月" or "March 2026". */
export function month(text) {
  const [year, number] = String(text).split("-").map(Number);
  if (!number) return String(text);
  if (lang === "zh") return `${year} 年 ${number} 月`;
  return new Date(Date.UTC(year, number - 1, 1)).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

/** The same where there is little room: "3月", "Mar". */
export function shortMonth(text) {
  const [year, number] = String(text).split("-").map(Number);
  if (!number) return String(text);
  if (lang === "zh") return `${number}月`;
  return new Date(Date.UTC(year, number - 1, 1)).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
}

export function day(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(text ?? ""));
  if (!found) return String(text ?? "");
  const [year, number, date] = found.slice(1).map(Number);
  if (lang === "zh") return `${year} 年 ${number} 月 ${date} 日`;
  return new Date(Date.UTC(year, number - 1, date)).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** Seconds as people say them: 40 s, 2.7 min, 3.1 h, 4.2 days. */
export function time(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  const [name, unit] = seconds < 90 ? ["seconds", 1] : seconds < 5400 ? ["mins", 60] : seconds < 129600 ? ["hours", 3600] : ["daysLong", 86400];
  const x = seconds / unit;
  return t(name, x < 10 && unit > 1 ? String(Number(x.toFixed(1))) : count(Math.round(x)));
}
