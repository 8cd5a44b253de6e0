#include "report/plain_page.h"

#include <array>
#include <cmath>

#include "base/format.h"
#include "report/markup.h"
#include "report/tables.h"

namespace xinjing::report {
namespace {

constexpr std::size_t kMostRows = 100;  // of a table in the page; the workbook has all

constexpr std::array<std::pair<std::string_view, Phrase>, 3> kParts{{
    {"happened", {"What happened", "发生了什么"}},
    {"changed", {"What changed, and why", "什么变了，为什么"}},
    {"todo", {"What to do this week", "这一周做什么"}},
}};

std::string escaped(JsonValue value) { return markup_escaped(value.scalar().value_or("")); }

std::string quote_html(JsonValue row) {
  std::string gist = escaped(row["gist"]);
  if (!gist.empty()) gist = "<br><i>" + gist + "</i>";
  return fmt::format("<blockquote lang=\"{}\">{}{} <small>{} {} {} {}</small></blockquote>\n",
                     row["lang"].string().value_or("zh") == "en" ? "en" : "zh",
                     escaped(row["text"]), gist, escaped(row["name"]), escaped(row["date"]),
                     escaped(row["channel"]), escaped(row["conversation"]));
}

std::string claim_html(JsonValue claim, Lang lang) {
  std::string out =
      fmt::format("<li><p>{}</p><details><summary>{}</summary><p>{}</p>\n", escaped(claim["text"]),
                  lang == Lang::kZh ? "为什么这么说" : "Why we say so", escaped(claim["why"]));
  claim["rows"].each([&](JsonValue row) { out += quote_html(row); });
  return out + "</details></li>\n";
}

std::string cell_html(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell))
    return "<td>" + markup_escaped(*text) + "</td>";
  const auto* number = std::get_if<Number>(&cell);
  if (!number) return "<td>–</td>";
  std::string shown =
      number->format == NumberFormat::kShare   ? fmt::format("{:.1f}%", 100 * number->value)
      : number->format == NumberFormat::kScale ? fmt::format("{:.2f}", number->value)
                                               : fmt::format("{:.0f}", number->value);
  return "<td class=\"number\">" + shown + "</td>";
}

std::string table_html(const Table& table, Lang lang) {
  std::string out =
      fmt::format("<details><summary>{}</summary><div class=\"scroll\"><table><thead><tr>",
                  markup_escaped(table.title));
  for (const Column& column : table.columns)
    out += "<th scope=\"col\">" + markup_escaped(column.name) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(kMostRows, table.rows.size()); ++i) {
    out += "<tr>";
    for (const Cell& cell : table.rows[i]) out += cell_html(cell);
    out += "</tr>\n";
  }
  out += "</tbody></table></div>";
  if (table.rows.size() > kMostRows) {
    out +=
        fmt::format(fmt::runtime(lang == Lang::kZh ? "<p>共 {} 行，这里是前 {} 行。</p>"
                                                   : "<p>{} rows, the first {} of them here.</p>"),
                    table.rows.size(), kMostRows);
  }
  return out + "</details>\n";
}

}  // namespace

std::string page_title(JsonValue data, Lang lang) {
  std::string title = lang == Lang::kZh ? "客户心声报告" : "What customers told us";
  const auto company = data["company"].string();
  if (!company || company->empty()) return title;
  return std::string(*company) + (lang == Lang::kZh ? " · " : ": ") + title;
}

std::string plain_page(JsonValue data, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string out =
      fmt::format("<h1>{}</h1>\n<p>{} – {}</p>\n", markup_escaped(page_title(data, lang)),
                  escaped(data["period"]["from"]), escaped(data["period"]["to"]));
  bool narrowed = false;
  data["withheld"].each([&](JsonValue) { narrowed = true; });
  for (const auto& [id, name] : kParts) {
    out += "<h2>" + name.said().in(lang) + "</h2>\n<ul>\n";
    bool any = false;
    data["headline"][id].each([&](JsonValue claim) {
      out += claim_html(claim, lang);
      any = true;
    });
    if (!any && narrowed) {
      out += zh ? "<li>有些内容不得用于此用途，这里没有给出。</li>\n"
                : "<li>Some things may not be used for this and are withheld here.</li>\n";
    } else if (!any) {
      out += zh ? "<li>没有足够的根据说出一条。</li>\n"
                : "<li>Not enough ground to say anything.</li>\n";
    }
    out += "</ul>\n";
  }
  out += zh ? "<h2>数据</h2>\n" : "<h2>The data</h2>\n";
  for (const Table& table : report_tables(data, lang)) {
    if (table.id != "quotes" && table.id != "claims") out += table_html(table, lang);
  }
  return out;
}

}  // namespace xinjing::report
